package dev.lifesign.lab.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.model.PurchaseDays;
import dev.lifesign.domain.model.Regularity;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the regularity of purchases says about the models, and how sure it is. */
class FindingsTest {

  @Test
  void onlyCustomersWhoClearlyBuyRegularlyMakeTheModelsMeaningless() {
    Finding clear = Findings.regular(new Regularity(3.1, 2.4, 3.9)).orElseThrow();
    assertThat(clear.blocking()).isTrue();
    assertThat(clear.text())
        .contains("an Erlang shape of 3.10, with a 95 % interval of 2.40 to 3.90");
    Finding unsure = Findings.regular(new Regularity(2.3, 1.8, 3.1)).orElseThrow();
    assertThat(unsure.blocking()).isFalse();
    assertThat(unsure.text())
        .contains("may buy regularly", "interval of 1.80 to 3.10", "too short to be sure");
    assertThat(Findings.regular(new Regularity(1.9, 1.6, 2.4)).orElseThrow().blocking()).isFalse();
    assertThat(Findings.regular(new Regularity(1.2, 1.0, 1.5))).isEmpty();
  }

  @Test
  void theIntervalHoldsTheShapeThatMadeTheGapsAndNarrowsWithMoreCustomers() {
    int held = 0;
    for (int seed = 0; seed < 200; seed++) {
      Regularity few = regularity(new Random(seed), 2, 300);
      held += few.low() <= 2 && 2 <= few.high() ? 1 : 0;
      assertThat(few.low()).isLessThan(few.shape());
      assertThat(few.high()).isGreaterThan(few.shape());
    }
    assertThat(held).isBetween(180, 200);
    Regularity few = regularity(new Random(1), 2, 300);
    Regularity many = regularity(new Random(1), 2, 30_000);
    assertThat(many.high() - many.low()).isLessThan((few.high() - few.low()) / 5);
  }

  @Test
  void gapsThatAreAllEqualAreRegularWithoutDoubt() {
    List<PurchaseDays> customers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      PurchaseDays days = new PurchaseDays();
      List.of(0, 30, 60).forEach(day -> days.add(day, 100));
      customers.add(days);
    }
    Regularity regularity = Regularity.of(customers, 100).orElseThrow();
    assertThat(Findings.regular(regularity).orElseThrow().blocking()).isTrue();
    assertThat(FitText.shape(regularity)).endsWith("or more");
    assertThat(Regularity.of(customers.subList(0, 49), 100)).isEmpty();
  }

  /** Customers whose gaps are sums of so many exponential waits, long enough for whole days. */
  private static Regularity regularity(Random random, int shape, int customers) {
    List<PurchaseDays> all = new ArrayList<>();
    for (int i = 0; i < customers; i++) {
      PurchaseDays days = new PurchaseDays();
      double day = 0;
      for (int n = 0; n < 3; n++) {
        days.add((int) day, 100);
        for (int wait = 0; wait < shape; wait++) {
          day -= 10_000 * Math.log(1 - random.nextDouble());
        }
      }
      all.add(days);
    }
    return Regularity.of(all, Integer.MAX_VALUE).orElseThrow();
  }
}
