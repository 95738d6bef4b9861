package dev.lifesign.lab.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.customer.RecentEvents;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.model.PurchaseDays;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.time.LocalDays;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A history recognises duplicates as the timeline does, and does not depend on the order. */
class HistoryReaderTest {

  private static final Policy POLICY =
      PolicyReader.read(Presets.text("retail")).policy().orElseThrow();

  @Test
  void anEventIsADuplicateWhileItIsAmongTheCustomersRecentEvents() {
    HistoryReader reader = new HistoryReader(POLICY, Instants.FOREVER);
    Random random = new Random(2);
    RecentEvents recent = RecentEvents.NONE;
    long purchases = 0;
    long at = LocalDays.UTC.startOf(20_000);
    for (int i = 0; i < 2_000; i++) {
      String id = "e" + random.nextInt(150);
      reader.take(
          new Purchase(id, "c", at, Purchase.Action.PURCHASE, "o", 100, "USD", List.of(), "shop"),
          at);
      long hash = RecentEvents.hash(id);
      if (!recent.contains(hash)) {
        recent = recent.with(hash);
        purchases++;
      }
      assertThat(reader.history().purchases()).isEqualTo(purchases);
    }
    assertThat(purchases).isBetween(200L, 1_900L);
  }

  @Test
  void theOrderOfLinesDoesNotMatterForRefunds() {
    int day = 20_000;
    List<Purchase> events =
        List.of(
            event(1, Purchase.Action.PURCHASE, day, "a", 100),
            event(2, Purchase.Action.PURCHASE, day + 5, "b", 200),
            event(3, Purchase.Action.PURCHASE, day + 9, "c", 400),
            // Of the first order, though others came since.
            event(4, Purchase.Action.REFUND, day + 10, "a", 10),
            // Of an order that is not known: of the last purchase up to then.
            event(5, Purchase.Action.REFUND, day + 7, "x", 20),
            // Dated before its order.
            event(6, Purchase.Action.REFUND, day + 8, "c", 40),
            event(7, Purchase.Action.REFUND, day + 20, "", 80),
            // Before every purchase, and of none of them.
            event(8, Purchase.Action.REFUND, day - 1, "", 7));
    for (int seed = 0; seed < 50; seed++) {
      List<Purchase> shuffled = new ArrayList<>(events);
      Collections.shuffle(shuffled, new Random(seed));
      HistoryReader reader = new HistoryReader(POLICY, Instants.FOREVER);
      shuffled.forEach(event -> reader.take(event, event.occurredAt()));
      PurchaseDays days = reader.history().customers().get(0);
      assertThat(List.of(days.spent(day), days.spent(day + 5), days.spent(day + 9)))
          .as("seed %d", seed)
          .containsExactly(90L, 90L + 180, 90L + 180 + 280);
    }
  }

  @Test
  void aFinishedBuyerHasSettledItsRefunds() {
    Buyer buyer = new Buyer();
    buyer.accept(event(1, Purchase.Action.REFUND, 20_003, "a", 30), POLICY);
    buyer.accept(event(2, Purchase.Action.PURCHASE, 20_001, "a", 100), POLICY);
    assertThat(buyer.days().spent(20_009)).isEqualTo(70);
    buyer.finish();
    buyer.finish();
    assertThat(buyer.days().spent(20_009)).isEqualTo(70);
  }

  private static Purchase event(
      int id, Purchase.Action action, int day, String order, long amount) {
    return new Purchase(
        "e" + id, "c", LocalDays.UTC.startOf(day), action, order, amount, "USD", List.of(), "");
  }
}
