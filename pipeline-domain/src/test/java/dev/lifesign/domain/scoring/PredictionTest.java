package dev.lifesign.domain.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.DaySet;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.model.LifetimeValue;
import dev.lifesign.domain.model.Purchases;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.time.LocalDays;
import dev.lifesign.domain.timeline.Profile;
import dev.lifesign.domain.timeline.Timeline;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Predictions under the parameters published for CDNOW. */
class PredictionTest {

  private static final String MODEL =
      """
      version: 1
      currency: { base: %s }
      model: { family: BG_NBD, unit: P7D, r: 0.243, alpha: 4.414, a: 0.793, b: 2.426,
        spend: { p: 6.25, q: 3.74, v: 15.44 }, discountRate: 0.1, horizon: P364D }
      """;

  private static final long AT = Instant.parse("2024-10-01T00:00:00Z").toEpochMilli();

  @Test
  void ageCountsFromTheStartOfTheFirstLocalDayAndTheLastPurchaseInDaysOf24Hours() {
    LocalDays cairo = LocalDays.of(ZoneId.of("Africa/Cairo"));
    int first = (int) LocalDate.of(2024, 4, 25).toEpochDay();
    // Midnight of the 26th was skipped, so that three days later 71 hours have passed.
    DaySet days = DaySet.EMPTY.with(first).with(first + 3);
    long at = Instant.parse("2024-04-28T21:00:00Z").toEpochMilli();
    Purchases known = Prediction.purchases(days, Instants.HOUR, at, cairo);
    assertThat(known).isEqualTo(new Purchases(1, 72, 95));
  }

  @Test
  void allValuesAreThoseOfTheModels() {
    Policy policy = policy("USD");
    Customer customer = customer(policy, "2024-01-01", "2024-01-18", "2024-08-02");
    Prediction prediction = Prediction.of(customer, policy, AT).orElseThrow();
    Policy.Model model = policy.model().orElseThrow();
    Purchases known = new Purchases(2, 214 / 7.0, 274 / 7.0);
    assertThat(prediction.alive()).isCloseTo(model.purchases().alive(known), within(1e-12));
    assertThat(prediction.within30Days())
        .isCloseTo(model.purchases().purchaseWithin(30 / 7.0, known), within(1e-12))
        .isLessThan(prediction.within90Days());
    assertThat(prediction.purchases())
        .isCloseTo(model.purchases().expected(52, known), within(1e-12));
    // Three purchase days of 20.00 on average: p (v + 60) / (3 p + q - 1), in cents.
    double spend = 6.25 * (15.44 + 60) / (3 * 6.25 + 2.74) * 100;
    assertThat(prediction.spend()).isCloseTo(spend, within(1e-9));
    double month = Math.pow(1.1, 364 / 365.0 / 12) - 1;
    assertThat(prediction.value())
        .isCloseTo(
            new LifetimeValue(52 / 12.0, 12, month).of(model.purchases(), known, spend),
            within(1e-6))
        .isBetween(0.9 * prediction.purchases() * spend, prediction.purchases() * spend);
    long last = Instant.parse("2024-08-02T00:00:00Z").toEpochMilli();
    double wait = (4.414 + 214 / 7.0) * (Math.pow(2, 1 / 2.243) - 1) * 7 * Instants.DAY;
    assertThat(prediction.nextPurchaseAt()).isCloseTo(last + Math.round(wait), within(1L));
    assertThat(Profile.of(customer, policy, AT).prediction()).contains(prediction);
    assertThat(Prediction.alive(customer, policy, AT)).hasValue(prediction.alive());
  }

  @Test
  void moneyIsInMinorUnitsOfTheBaseCurrency() {
    Prediction dollars =
        Prediction.of(customer(policy("USD"), "2024-01-01", "2024-02-01"), policy("USD"), AT)
            .orElseThrow();
    Prediction yen =
        Prediction.of(customer(policy("JPY"), "2024-01-01", "2024-02-01"), policy("JPY"), AT)
            .orElseThrow();
    assertThat(dollars.spend() / 100).isCloseTo(6.25 * (15.44 + 40) / 15.24, within(1e-9));
    assertThat(yen.spend()).isCloseTo(6.25 * (15.44 + 4_000) / 15.24, within(1e-9));
  }

  @Test
  void withoutAPurchaseOrAModelNothingIsPredicted() {
    Policy policy = policy("USD");
    Policy without = PolicyReader.read("version: 1").policy().orElseThrow();
    Customer nobody = Customer.unknown("c", 1);
    Customer somebody = customer(policy, "2024-01-01");
    assertThat(Prediction.of(nobody, policy, AT)).isEmpty();
    assertThat(Prediction.of(somebody, without, AT)).isEmpty();
    assertThat(Prediction.alive(somebody, without, AT)).isEmpty();
    assertThat(Prediction.of(somebody, policy, AT).orElseThrow().alive()).isEqualTo(1);
  }

  private static Policy policy(String currency) {
    return PolicyReader.read(MODEL.formatted(currency)).policy().orElseThrow();
  }

  /** A customer who spent 2,000 minor units at noon on each of the days. */
  private static Customer customer(Policy policy, String... days) {
    Timeline timeline = new Timeline(Policies.of(policy));
    Optional<Customer> customer = Optional.empty();
    for (String day : days) {
      long at = Instant.parse(day + "T12:00:00Z").toEpochMilli();
      Purchase purchase =
          new Purchase(
              "e" + day,
              "c",
              at,
              Purchase.Action.PURCHASE,
              "o",
              2_000,
              policy.currency().base(),
              List.of(),
              "");
      customer = Optional.of(timeline.apply(customer, purchase, at).customer());
    }
    return customer.orElseThrow();
  }
}
