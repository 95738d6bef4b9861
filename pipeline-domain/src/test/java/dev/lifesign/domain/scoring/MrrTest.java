package dev.lifesign.domain.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.Subscription;
import dev.lifesign.domain.event.Billing;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.SubscriptionChange.Action;
import dev.lifesign.domain.event.SubscriptionKind;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyInForce;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Timeline;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The monthly recurring revenue of a customer. Days count from the start; the grace is P2D. */
class MrrTest {

  private static final long START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();

  private Timeline timeline = new Timeline(Policies.of(policy(1, "{ EUR: 1.25, JPY: 0.0065 }")));
  private Optional<Customer> customer = Optional.empty();
  private int ids;

  @Test
  void mrrIsTheSumOverTheEntitledSubscriptions() {
    started("a").amount(1_000).period("P1M").apply(0);
    started("b").amount(12_000).period("P1Y").apply(0);
    assertThat(mrr(0)).isEqualTo(2_000);
    change("a", Action.CANCELLED).apply(5);
    assertThat(mrr(5)).isEqualTo(1_000);
    change("b", Action.EXPIRED).apply(6);
    assertThat(mrr(6)).isZero();
  }

  @Test
  void whoHasNoSubscriptionHasNoMrr() {
    assertThat(Mrr.of(Customer.unknown("c", 1), START)).isZero();
  }

  @Test
  void itEndsWithTheEntitlementWhichIsADeadline() {
    started("a").amount(1_000).paidThrough(30).apply(0);
    assertThat(Mrr.of(customer.orElseThrow(), at(32) - 1)).isEqualTo(1_000);
    assertThat(mrr(32)).isZero();
    Customer advanced = timeline.advance(customer.orElseThrow(), at(32), at(32)).customer();
    assertThat(advanced.due()).isEqualTo(at(32));
  }

  @Test
  void aTrialHasNone() {
    started("a").amount(1_000).period("P1M").trial().apply(0);
    assertThat(mrr(0)).isZero();
    change("a", Action.CANCEL_SCHEDULED).apply(1);
    assertThat(mrr(1)).isZero();
  }

  @Test
  void aTrialThatIsPaidForHasItFromTheFirstPaymentOn() {
    started("a").amount(1_000).period("P1M").trial().apply(0);
    change("a", Action.RENEWED).apply(14);
    assertThat(mrr(14)).isEqualTo(1_000);
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTED", "UPGRADED", "DOWNGRADED"})
  void anAmountOfZeroOfAStartAnUpgradeOrADowngradeMakesItFree(Action action) {
    started("a").amount(1_000).period("P1M").apply(0);
    change("a", action).apply(1);
    assertThat(mrr(1)).isZero();
    assertThat(only().price().amount()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"RENEWED", "RESUMED"})
  void anAmountOfZeroOfARenewalOrAResumptionLeavesThePriceKnown(Action action) {
    started("a").amount(1_000).currency("EUR").period("P1M").apply(0);
    change("a", action).apply(1);
    assertThat(mrr(1)).isEqualTo(1_250);
    change("a", action).amount(2_000).apply(2);
    assertThat(mrr(2)).isEqualTo(2_000);
  }

  @ParameterizedTest
  @EnumSource(names = {"PAYMENT_FAILED", "CANCEL_SCHEDULED"})
  void otherEventsChangeNeitherPriceNorQuantity(Action action) {
    started("a").amount(1_000).quantity(3).period("P1M").apply(0);
    change("a", action).amount(77).quantity(9).currency("EUR").apply(1);
    assertThat(mrr(1)).isEqualTo(3_000);
    // But the quantity is known from then on.
    change("a", Action.RENEWED).apply(2);
    assertThat(mrr(2)).isEqualTo(9_000);
  }

  @Test
  void theFirstEventHeardStatesThePriceWhateverItIs() {
    change("a", Action.PAYMENT_FAILED)
        .amount(1_000)
        .quantity(2)
        .period("P1M")
        .paidThrough(10)
        .apply(0);
    assertThat(mrr(0)).isEqualTo(2_000);
    change("a", Action.PAYMENT_FAILED).amount(77).apply(1);
    assertThat(mrr(1)).isEqualTo(2_000);
  }

  @Test
  void whatWasPausedHasNoneUntilAnEventMakesItActiveAgain() {
    started("a").amount(1_000).period("P1M").apply(0);
    change("a", Action.PAUSED).apply(1);
    assertThat(mrr(1)).isZero();
    // The longest pause is over, and it still entitles.
    assertThat(mrr(61)).isZero();
    assertThat(only().entitledAt(at(61))).isTrue();
    change("a", Action.RESUMED).apply(62);
    assertThat(mrr(62)).isEqualTo(1_000);
  }

  @ParameterizedTest
  @EnumSource(names = {"PAYMENT_FAILED", "CANCEL_SCHEDULED"})
  void whatWasPausedHasNoneAlsoInTheStatesThatFollow(Action action) {
    started("a").amount(1_000).period("P1M").apply(0);
    change("a", Action.PAUSED).apply(1);
    change("a", action).paidThrough(20).apply(2);
    assertThat(only().state()).isNotEqualTo(Subscription.State.PAUSED);
    assertThat(only().entitledAt(at(2))).isTrue();
    assertThat(mrr(2)).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTED", "RENEWED", "UPGRADED", "DOWNGRADED", "RESUMED"})
  void anyEventThatMakesItActiveEndsThePause(Action action) {
    started("a").amount(1_000).period("P1M").apply(0);
    change("a", Action.PAUSED).apply(1);
    change("a", action).amount(900).apply(2);
    assertThat(mrr(2)).isEqualTo(900);
  }

  @Test
  void whatIsFirstHeardOfAsPausedHasNone() {
    change("a", Action.PAUSED).amount(1_000).period("P1M").apply(0);
    assertThat(mrr(0)).isZero();
  }

  @Test
  void whatIsPastDueCountsUntilItsEntitlementEnds() {
    started("a").amount(1_000).paidThrough(30).apply(0);
    change("a", Action.PAYMENT_FAILED).apply(30);
    assertThat(only().state()).isEqualTo(Subscription.State.PAST_DUE);
    assertThat(mrr(31)).isEqualTo(1_000);
    assertThat(mrr(32)).isZero();
  }

  @Test
  void whatIsSetToEndCountsUntilThen() {
    started("a").amount(1_000).period("P1M").apply(0);
    change("a", Action.CANCEL_SCHEDULED).paidThrough(30).apply(3);
    assertThat(mrr(29)).isEqualTo(1_000);
    assertThat(mrr(30)).isZero();
  }

  @Test
  void itIsAmountTimesQuantityTimesRateTimesFactorRoundedOnce() {
    // 333 × 1.25 × 1/12 = 34.6875 a unit; rounded before the quantity, it would be 105.
    started("a").amount(333).currency("EUR").quantity(3).period("P1Y").apply(0);
    assertThat(mrr(0)).isEqualTo(104);
  }

  @Test
  void eachProductIsRoundedByItself() {
    // 4 / 12 = 0.33 each
    started("a").amount(4).period("P1Y").apply(0);
    started("b").amount(4).period("P1Y").apply(0);
    assertThat(mrr(0)).isZero();
  }

  @Test
  void halvesAreRoundedToTheEvenNumber() {
    started("a").amount(1).period("P2M").apply(0);
    assertThat(mrr(0)).isZero();
    started("a").amount(3).period("P2M").apply(1);
    assertThat(mrr(1)).isEqualTo(2);
    started("a").amount(5).period("P2M").apply(2);
    assertThat(mrr(2)).isEqualTo(2);
  }

  @Test
  void aQuantityThatIsNotStatedIsTheOneKnownAndElseOne() {
    started("a").amount(1_000).period("P1M").apply(0);
    assertThat(mrr(0)).isEqualTo(1_000);
    change("a", Action.UPGRADED).amount(1_000).quantity(5).apply(1);
    assertThat(mrr(1)).isEqualTo(5_000);
    change("a", Action.RENEWED).amount(1_100).apply(2);
    assertThat(mrr(2)).isEqualTo(5_500);
    change("a", Action.RENEWED).quantity(0).apply(3);
    assertThat(mrr(3)).isZero();
  }

  @Test
  void anyAppliedEventMayStateThePeriod() {
    started("a").amount(1_200).apply(0);
    assertThat(mrr(0)).isZero();
    change("a", Action.PAYMENT_FAILED).period("P3M").apply(1);
    assertThat(mrr(1)).isEqualTo(400);
  }

  @Test
  void aStatedPeriodHoldsUntilAnotherIsStated() {
    started("a").amount(1_200).period("P1Y").apply(0);
    change("a", Action.RENEWED).paidThrough(32).apply(1);
    assertThat(mrr(1)).isEqualTo(100);
    change("a", Action.RENEWED).period("every now and then").apply(2);
    assertThat(mrr(2)).isEqualTo(100);
    change("a", Action.RENEWED).period("P1M").apply(3);
    assertThat(mrr(3)).isEqualTo(1_200);
  }

  @Test
  void aStatedPeriodReplacesAnInferredOne() {
    started("a").amount(1_200).paidThrough(365).apply(0);
    assertThat(mrr(0)).isEqualTo(100);
    change("a", Action.CANCEL_SCHEDULED).period("P1M").apply(1);
    assertThat(mrr(1)).isEqualTo(1_200);
  }

  @Test
  void aTrialMayStateThePeriodButTellsNoneByWhenItIsPaidThrough() {
    started("a").amount(1_200).paidThrough(7).trial().apply(0);
    change("a", Action.RENEWED).apply(7);
    assertThat(mrr(7)).isZero();
    change("a", Action.RENEWED).paidThrough(38).apply(8);
    assertThat(mrr(8)).isEqualTo(1_200);
    started("b").amount(600).period("P1M").trial().apply(9);
    change("b", Action.RENEWED).apply(10);
    assertThat(mrr(10)).isEqualTo(1_800);
  }

  @Test
  void withoutAStatedOneThePeriodIsThatOfTheLastStartOrRenewalPaidAhead() {
    started("a").amount(1_200).paidThrough(365).apply(0);
    assertThat(mrr(0)).isEqualTo(100);
    change("a", Action.RENEWED).paidThrough(31).apply(1);
    assertThat(mrr(1)).isEqualTo(1_200);
    change("a", Action.RENEWED).apply(2);
    assertThat(mrr(2)).isEqualTo(1_200);
    // Not ahead.
    change("a", Action.RENEWED).paidThrough(3).apply(3);
    assertThat(only().paid().cycle().period()).hasToString("Optional[P1M]");
  }

  @Test
  void withoutAnySuchThePeriodIsThatOfAnotherEventWhichOnlyALongerOneReplaces() {
    change("a", Action.UPGRADED).amount(1_200).paidThrough(8).apply(0);
    assertThat(mrr(0)).isEqualTo(5_200);
    change("a", Action.UPGRADED).amount(1_200).paidThrough(31).apply(1);
    assertThat(mrr(1)).isEqualTo(1_200);
    change("a", Action.UPGRADED).amount(1_200).paidThrough(9).apply(2);
    assertThat(mrr(2)).isEqualTo(1_200);
    change("a", Action.RENEWED).paidThrough(10).apply(3);
    assertThat(mrr(3)).isEqualTo(5_200);
  }

  @Test
  void anotherEventReplacesThePeriodOfAStartOnlyByALongerOne() {
    started("a").amount(1_200).paidThrough(31).apply(0);
    change("a", Action.UPGRADED).amount(2_400).paidThrough(31).apply(20);
    assertThat(mrr(20)).isEqualTo(2_400);
    change("a", Action.UPGRADED).amount(2_400).paidThrough(386).apply(21);
    assertThat(mrr(21)).isEqualTo(200);
  }

  @Test
  void withoutAPeriodOrARateThereIsNone() {
    started("a").amount(1_000).apply(0);
    started("b").amount(1_000).currency("XAU").period("P1M").apply(0);
    assertThat(mrr(0)).isZero();
  }

  @Test
  void theRateIsTheOneInForceWhenTheEventWasApplied() {
    timeline =
        new Timeline(
            Policies.of(policy(1, "{ EUR: 1.25 }"))
                .with(new PolicyInForce(at(10), policy(2, "{ EUR: 2, JPY: 0.01 }"))));
    started("a").amount(1_000).currency("EUR").period("P1M").apply(0);
    started("b").amount(1_000).currency("JPY").period("P1M").apply(0);
    customer = Optional.of(timeline.advance(customer.orElseThrow(), at(20), at(20)).customer());
    assertThat(customer.orElseThrow().policyVersion()).isEqualTo(2);
    assertThat(mrr(20)).isEqualTo(1_250);
    // The price known stays, and so does what it was worth.
    change("a", Action.RENEWED).apply(20);
    assertThat(mrr(20)).isEqualTo(1_250);
    change("a", Action.RENEWED).amount(1_000).currency("EUR").apply(21);
    change("b", Action.RENEWED).amount(1_000).currency("JPY").apply(21);
    assertThat(mrr(21)).isEqualTo(2_010);
  }

  @Test
  void anEventThatIsNotAppliedChangesNothing() {
    started("a").amount(1_000).period("P1M").apply(10);
    change("a", Action.RENEWED).amount(5_000).period("P1Y").apply(9, 11);
    assertThat(mrr(11)).isEqualTo(1_000);
  }

  @Test
  void whatIsTooMuchIsHeldAtTheLargestNumber() {
    started("a").amount(Long.MAX_VALUE).quantity(5).period("P1M").apply(0);
    started("b").amount(Long.MAX_VALUE).period("P1M").apply(0);
    assertThat(mrr(0)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void theTermIsThePeriodOfTheLastStartOrRenewalThatWasPaidAhead() {
    change("a", Action.UPGRADED).paidThrough(10).apply(0);
    assertThat(only().paid().term()).isEqualTo(Instants.NEVER);
    started("a").paidThrough(31).trial().apply(1);
    assertThat(only().paid().term()).isEqualTo(30 * Instants.DAY);
    change("a", Action.RENEWED).paidThrough(2).apply(2);
    change("a", Action.UPGRADED).paidThrough(20).apply(3);
    assertThat(only().paid().term()).isEqualTo(30 * Instants.DAY);
    change("a", Action.RENEWED).paidThrough(11).apply(4);
    assertThat(only().paid().term()).isEqualTo(7 * Instants.DAY);
    change("a", Action.EXPIRED).apply(5);
    assertThat(only().paid().term()).isEqualTo(7 * Instants.DAY);
  }

  private static Policy policy(int version, String rates) {
    return PolicyReader.read(
            """
            version: %d
            lateness: PT0S
            currency: { base: USD, rates: %s }
            subscriptions: { grace: P2D, maxPause: P60D }
            """
                .formatted(version, rates))
        .policy()
        .orElseThrow();
  }

  private Subscription only() {
    return customer.orElseThrow().subscriptions().list().get(0);
  }

  private long mrr(int day) {
    return Mrr.of(customer.orElseThrow(), at(day));
  }

  private Change started(String subscription) {
    return change(subscription, Action.STARTED);
  }

  private Change change(String subscription, Action action) {
    return new Change(subscription, action);
  }

  private static long at(int day) {
    return START + day * Instants.DAY;
  }

  /** An event in the making; what is not given, it does not state. */
  private final class Change {
    private final String subscription;
    private final Action action;
    private long amount;
    private String currency = "USD";
    private String period = "";
    private OptionalLong quantity = OptionalLong.empty();
    private OptionalLong paidThrough = OptionalLong.empty();
    private boolean trial;

    Change(String subscription, Action action) {
      this.subscription = subscription;
      this.action = action;
    }

    Change amount(long value) {
      amount = value;
      return this;
    }

    Change currency(String value) {
      currency = value;
      return this;
    }

    Change period(String value) {
      period = value;
      return this;
    }

    Change quantity(long value) {
      quantity = OptionalLong.of(value);
      return this;
    }

    Change paidThrough(int day) {
      paidThrough = OptionalLong.of(at(day));
      return this;
    }

    Change trial() {
      trial = true;
      return this;
    }

    void apply(int day) {
      apply(day, day);
    }

    void apply(int day, int arrival) {
      SubscriptionChange event =
          new SubscriptionChange(
              "e" + ids++,
              "c",
              at(day),
              action,
              subscription,
              SubscriptionKind.SERVICE,
              "",
              new Billing(amount, currency, period, quantity, OptionalLong.empty(), trial),
              paidThrough,
              "");
      customer = Optional.of(timeline.apply(customer, event, at(arrival)).customer());
    }
  }
}
