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
import java.time.ZoneId;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** The minute at which the probability of a purchase soon has fallen to the policy's value. */
class ReturnFallTest {

  private static final int FIRST = 19_700;
  private static final long MINUTE = 60_000;
  private static final long DAY = Instants.DAY;
  private static final LocalDays[] CALENDARS = {
    LocalDays.UTC, LocalDays.of(ZoneId.of("Asia/Tehran")), LocalDays.of(ZoneId.of("Africa/Cairo"))
  };

  @Property(tries = 20_000, shrinking = ShrinkingMode.OFF)
  void isTheMinuteThatBisectionFinds(@ForAll long seed) {
    Customer customer = Customer.random(new Random(seed));
    assertThat(customer.found()).isEqualTo(customer.bisected());
  }

  @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
  void theProbabilityFallsWithTime(@ForAll long seed) {
    Random random = new Random(seed);
    Customer customer = Customer.random(random);
    long at = customer.lastDay();
    double before = 1;
    for (int i = 0; i < 50; i++) {
      double now = customer.probability(at);
      assertThat(now).isBetween(0.0, before);
      before = now;
      at += random.nextLong(20 * DAY);
    }
  }

  @Test
  void aOneTimeBuyerUnderBgNbdBecomesARiskThoughItCannotHaveLeft() {
    DaySet once = DaySet.EMPTY.with(FIRST);
    Policy.Model model = model(new PurchaseModel(Family.BG_NBD, 1, 4, 0.8, 2.5), 7 * DAY);
    // 1 - (4 + T) / (4 + T + 8) = 1/2 at T = 4 weeks.
    Customer customer =
        new Customer(once, model, risk(56 * DAY, 0.5, DAY, 100 * DAY), LocalDays.UTC, 0);
    assertThat(customer.found()).isEqualTo(LocalDays.UTC.startOf(FIRST + 28));
  }

  @Test
  void isHeldWithinItsBoundsAndWaitsForSilence() {
    DaySet once = DaySet.EMPTY.with(FIRST);
    Policy.Model model = model(new PurchaseModel(Family.BG_NBD, 1, 4, 0.8, 2.5), 7 * DAY);
    long start = LocalDays.UTC.startOf(FIRST);
    assertThat(
            new Customer(once, model, risk(56 * DAY, 0.5, 40 * DAY, 50 * DAY), LocalDays.UTC, 0)
                .found())
        .isEqualTo(start + 40 * DAY);
    assertThat(
            new Customer(once, model, risk(56 * DAY, 0.5, DAY, 20 * DAY), LocalDays.UTC, 0).found())
        .isEqualTo(start + 20 * DAY);
    assertThat(
            new Customer(
                    once, model, risk(56 * DAY, 0.5, 5 * DAY, 20 * DAY), LocalDays.UTC, 30 * DAY)
                .found())
        .isEqualTo(start + 35 * DAY);
  }

  @Test
  void isUndefinedWithoutAPurchase() {
    assertThat(
            ModelledRisk.at(
                0,
                DaySet.EMPTY,
                model(new PurchaseModel(Family.BG_NBD, 1, 4, 0.8, 2.5), DAY),
                risk(DAY, 0.5, 0, DAY),
                LocalDays.UTC))
        .isEmpty();
  }

  @Test
  void staysFiniteForACustomerWithTwoHundredRepeats() {
    DaySet often = DaySet.EMPTY;
    for (int i = 0; i <= 200; i++) {
      often = often.with(FIRST + 3 * i);
    }
    Policy.Model model = model(new PurchaseModel(Family.MBG_NBD, 0.5, 6, 0.1, 9), DAY);
    for (double below : new double[] {1e-9, 0.01, 0.5, 0.99, 1 - 1e-9}) {
      Customer customer =
          new Customer(often, model, risk(90 * DAY, below, 0, 4_000 * DAY), LocalDays.UTC, 0);
      assertThat(customer.found()).isEqualTo(customer.bisected());
      assertThat(customer.probability(customer.found())).isLessThanOrEqualTo(below).isFinite();
    }
  }

  private record Customer(
      DaySet days, Policy.Model model, Policy.Risk risk, LocalDays calendar, long silence) {

    static Customer random(Random random) {
      DaySet days = DaySet.EMPTY.with(FIRST);
      int repeats = random.nextInt(4) == 0 ? random.nextInt(200) : random.nextInt(6);
      int day = FIRST;
      for (int i = 0; i < repeats; i++) {
        day += 1 + random.nextInt(1 + random.nextInt(120));
        days = days.with(day);
      }
      PurchaseModel purchases =
          new PurchaseModel(
              Family.values()[random.nextInt(2)],
              spread(random, 0.01, 20),
              spread(random, 0.05, 500),
              spread(random, 0.01, 20),
              spread(random, 0.1, 50));
      long min = random.nextBoolean() ? 0 : random.nextLong(30 * DAY);
      return new Customer(
          days,
          ReturnFallTest.model(purchases, random.nextBoolean() ? DAY : 7 * DAY),
          ReturnFallTest.risk(
              (long) spread(random, MINUTE, 4_000.0 * DAY),
              random.nextInt(10) == 0
                  ? spread(random, 1e-9, 0.1)
                  : 0.001 + 0.998 * random.nextDouble(),
              min,
              min + (random.nextInt(3) == 0 ? random.nextLong(60 * DAY) : 40_000 * DAY)),
          CALENDARS[random.nextInt(CALENDARS.length)],
          random.nextInt(3) == 0 ? random.nextLong(100 * DAY) : 0);
    }

    /** Evenly spread in its logarithm. */
    private static double spread(Random random, double from, double to) {
      return from * Math.pow(to / from, random.nextDouble());
    }

    long lastDay() {
      return calendar.startOf(days.day(days.size() - 1));
    }

    long found() {
      return ModelledRisk.at(lastDay() + silence, days, model, risk, calendar).orElseThrow();
    }

    double probability(long at) {
      return model
          .purchases()
          .purchaseWithin(
              risk.returning().within() / (double) model.unit(),
              Prediction.purchases(days, model.unit(), at, calendar));
    }

    long bisected() {
      long low = lastDay() / MINUTE - 2;
      long high = (lastDay() + risk.returning().max()) / MINUTE + 2;
      while (high - low > 1) {
        long middle = (low + high) / 2;
        if (probability(middle * MINUTE) <= risk.returning().below()) {
          high = middle;
        } else {
          low = middle;
        }
      }
      long at = Math.max(high * MINUTE, lastDay() + risk.returning().min());
      at = Math.min(at, lastDay() + risk.returning().max());
      return Math.max(at, lastDay() + silence + risk.returning().min());
    }
  }

  private static Policy.Model model(PurchaseModel purchases, long unit) {
    return new Policy.Model(purchases, unit, new SpendModel(6.25, 3.74, 15.44), 0.1, 365 * DAY);
  }

  private static Policy.Risk risk(long within, double below, long min, long max) {
    return new Policy.Risk(
        RiskMethod.RETURN,
        30 * DAY,
        new Policy.Personal(BigDecimal.ONE, 0, 0),
        new Policy.ModelRisk(0.5, min, max),
        new Policy.ReturnRisk(within, below, min, max));
  }
}
