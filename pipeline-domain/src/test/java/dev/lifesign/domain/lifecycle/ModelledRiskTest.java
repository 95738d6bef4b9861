package dev.lifesign.domain.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.customer.DaySet;
import dev.lifesign.domain.model.PurchaseModel;
import dev.lifesign.domain.model.PurchaseModel.Family;
import dev.lifesign.domain.model.SpendModel;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.RiskMethod;
import dev.lifesign.domain.scoring.Prediction;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.time.LocalDays;
import java.math.BigDecimal;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The instant at which the probability of being alive has fallen to the policy's value. */
class ModelledRiskTest {

  private static final int FIRST = 19_700;
  private static final long DAY = Instants.DAY;
  private static final long WEEK = 7 * Instants.DAY;
  private static final long NO_BOUND = 40_000 * Instants.DAY;

  @Property(tries = 2_000)
  void isTheMillisecondThatBisectionFinds(
      @ForAll Family family,
      @ForAll @DoubleRange(min = 0.1, max = 5) double r,
      @ForAll @DoubleRange(min = 0.5, max = 30) double alpha,
      @ForAll @DoubleRange(min = 0.2, max = 4) double a,
      @ForAll @DoubleRange(min = 0.2, max = 4) double b,
      @ForAll @DoubleRange(min = 0.1, max = 0.9) double alive,
      @ForAll @Size(min = 2, max = 20) Set<@IntRange(max = 300) Integer> gaps) {
    DaySet days = DaySet.EMPTY;
    for (int gap : gaps) {
      days = days.with(FIRST + gap);
    }
    Policy.Model model = model(new PurchaseModel(family, r, alpha, a, b));
    long last = LocalDays.UTC.startOf(days.day(days.size() - 1));
    OptionalLong found =
        ModelledRisk.at(last, days, model, risk(alive, 0, NO_BOUND), LocalDays.UTC);
    long at = found.orElseThrow();
    if (at == last) {
      assertThat(probability(model, days, last + 1)).isLessThanOrEqualTo(alive);
    } else if (at < last + NO_BOUND) {
      long low = last;
      long high = last + NO_BOUND;
      while (high - low > 1) {
        long middle = (low + high) / 2;
        if (probability(model, days, middle) > alive) {
          low = middle;
        } else {
          high = middle;
        }
      }
      // The nearest millisecond is the one before the crossing or the one after it.
      assertThat(at).isBetween(low, high);
    }
  }

  @Test
  void isClampedToItsBounds() {
    DaySet days = DaySet.EMPTY.with(FIRST).with(FIRST + 10);
    long last = LocalDays.UTC.startOf(FIRST + 10);
    Policy.Model model = model(new PurchaseModel(Family.BG_NBD, 0.25, 4, 0.8, 2.5));
    assertThat(ModelledRisk.at(last, days, model, risk(0.01, 0, WEEK), LocalDays.UTC))
        .hasValue(last + WEEK);
    assertThat(ModelledRisk.at(last, days, model, risk(0.99, WEEK, 2 * WEEK), LocalDays.UTC))
        .hasValue(last + WEEK);
    // There was other activity since: silence begins later.
    assertThat(
            ModelledRisk.at(
                last + 5 * WEEK, days, model, risk(0.99, WEEK, 2 * WEEK), LocalDays.UTC))
        .hasValue(last + 6 * WEEK);
  }

  @Test
  void aOneTimeBuyerNeverLeavesUnderBgNbdButMayUnderMbgNbd() {
    DaySet once = DaySet.EMPTY.with(FIRST);
    long last = LocalDays.UTC.startOf(FIRST);
    for (Family family : Family.values()) {
      Policy.Model model = model(new PurchaseModel(family, 0.25, 4, 0.8, 2.5));
      assertThat(
              ModelledRisk.at(last, once, model, risk(0.5, 0, NO_BOUND), LocalDays.UTC).isPresent())
          .isEqualTo(family == Family.MBG_NBD);
      assertThat(ModelledRisk.at(last, DaySet.EMPTY, model, risk(0.5, 0, NO_BOUND), LocalDays.UTC))
          .isEmpty();
    }
  }

  @Test
  void anInstantTooLateForADoubleIsClampedToTheBound() {
    DaySet once = DaySet.EMPTY.with(FIRST);
    long last = LocalDays.UTC.startOf(FIRST);
    Policy.Model model = model(new PurchaseModel(Family.MBG_NBD, 0.001, 4, 0.1, 5));
    assertThat(model.purchases().aliveUntil(0.1, 0, 0)).isInfinite();
    assertThat(ModelledRisk.at(last, once, model, risk(0.1, 0, WEEK), LocalDays.UTC))
        .hasValue(last + WEEK);
  }

  private static double probability(Policy.Model model, DaySet days, long at) {
    return model.purchases().alive(Prediction.purchases(days, model.unit(), at, LocalDays.UTC));
  }

  private static Policy.Model model(PurchaseModel purchases) {
    return new Policy.Model(
        purchases, WEEK, new SpendModel(6.25, 3.74, 15.44), 0.1, 365 * Instants.DAY);
  }

  private static Policy.Risk risk(double alive, long min, long max) {
    return new Policy.Risk(
        RiskMethod.MODEL,
        30 * Instants.DAY,
        new Policy.Personal(BigDecimal.ONE, 0, 0),
        new Policy.ModelRisk(alive, min, max),
        new Policy.ReturnRisk(DAY, alive, min, max));
  }
}
