package dev.lifesign.domain.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.Subscriptions;
import dev.lifesign.domain.event.Billing;
import dev.lifesign.domain.event.Contact;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.SubscriptionChange.Action;
import dev.lifesign.domain.event.SubscriptionKind;
import dev.lifesign.domain.lifecycle.Evidence;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.time.LocalDays;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The promises of the semantics, one sentence each. Days count from the start; grace is 2 days. */
class PromisesTest {

  private static final long START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
  private static final String POLICY =
      """
      version: 1
      lateness: PT0S
      activity: { weights: { contact.CLICKED: 1 } }
      lifecycle:
        newFor: P5D
        loyal: { orders: 3, within: P100D, tenure: P50D, subscribedFor: %s }
        risk: { fixed: P10D }
        usageRiskAfter: %s
        dormantAfter: P30D
        churnAfter: P60D
        reactivatedFor: P5D
        returnBy: commercial
        onSubscriptionEnd: %s
      subscriptions: { grace: P2D, maxPause: P20D }
      """;

  private Timeline timeline = timeline("null", "null", "AT_RISK");
  private Optional<Customer> customer = Optional.empty();
  private final List<StatusChange> published = new ArrayList<>();
  private int ids;

  @Test
  void silenceBecomesRiskThenDormancyThenChurnEachAtItsInstant() {
    buy(0);
    advance(100);
    assertThat(published())
        .containsExactly(
            "NEW 0", "ACTIVE 5", "AT_RISK SILENCE 10", "DORMANT SILENCE 30", "CHURNED SILENCE 60");
  }

  @Test
  void aCustomerIsAtRiskAtTheMinuteAtWhichAPurchaseSoonHasBecomeUnlikely() {
    // 1 - (4 + T) / (4 + T + 8) = 0.39995 at T = 8 weeks and 25.2 minutes.
    timeline =
        new Timeline(
            Policies.of(
                PolicyReader.read(
                        """
                        version: 1
                        lifecycle:
                          newFor: P5D
                          risk: { method: return, fixed: P10D, return: { within: P56D, below: 0.39995 } }
                          dormantAfter: P90D
                        model: { r: 1, alpha: 4, a: 0.8, b: 2.5, spend: { p: 6, q: 4, v: 15 } }
                        """)
                    .policy()
                    .orElseThrow()));
    buy(0);
    advance(91);
    assertThat(published())
        .containsExactly("NEW 0", "ACTIVE 5", "AT_RISK MODEL 56", "DORMANT SILENCE 90");
    StatusChange risk = published.get(2);
    long minute = at(56) + 26 * 60_000;
    assertThat(risk.effectiveAt()).isEqualTo(minute);
    assertThat(NextStatus.of(published.get(1))).isEqualTo(new NextStatus("AT_RISK", minute));
    Evidence.Returning returning = risk.evidence().returning().orElseThrow();
    assertThat(returning.probability()).isBetween(0.39994, 0.39995);
    assertThat(returning.within()).isEqualTo(56 * Instants.DAY);
    assertThat(returning.threshold()).isEqualTo(0.39995);
    assertThat(risk.evidence().alive()).hasValue(1);
  }

  @Test
  void aPurchaseBringsAnInactiveCustomerBackAndAClickDoesNot() {
    buy(0);
    click(35);
    buy(40);
    advance(46);
    assertThat(published())
        .containsExactly(
            "NEW 0",
            "ACTIVE 5",
            "AT_RISK SILENCE 10",
            "DORMANT SILENCE 30",
            "REACTIVATED 40",
            "ACTIVE 45");
  }

  @Test
  void aClickKeepsACustomerWhoIsNotInactive() {
    buy(0);
    click(9);
    advance(20);
    assertThat(published()).containsExactly("NEW 0", "ACTIVE 5", "AT_RISK SILENCE 19");
  }

  @Test
  void aCustomerWhoOnlyClickedIsAProspect() {
    click(0);
    advance(100);
    assertThat(published()).containsExactly("PROSPECT 0");
  }

  @Test
  void aPausedSubscriptionIsNotChurn() {
    sub(Action.STARTED, 0, 10);
    sub(Action.PAUSED, 5);
    advance(20);
    assertThat(published()).containsExactly("NEW 0", "ACTIVE 5");
  }

  @Test
  void aPauseLastsAtMostMaxPausePlusGracePlusThePaidTimeLeft() {
    sub(Action.STARTED, 0, 10);
    sub(Action.PAUSED, 5);
    advance(33);
    assertThat(published()).containsExactly("NEW 0", "ACTIVE 5", "AT_RISK SUBSCRIPTION_ENDED 32");
  }

  @Test
  void aPauseExtendsThePaidPeriodByItsLength() {
    sub(Action.STARTED, 0, 10);
    sub(Action.PAUSED, 5);
    sub(Action.RESUMED, 9);
    advance(17);
    assertThat(published()).containsExactly("NEW 0", "ACTIVE 5", "AT_RISK SUBSCRIPTION_ENDED 16");
  }

  @Test
  void aRenewalWithoutPaidThroughRunsForTheLastPeriodKnown() {
    sub(Action.STARTED, 0, 10);
    sub(Action.RENEWED, 11);
    advance(24);
    assertThat(published()).containsExactly("NEW 0", "ACTIVE 5", "AT_RISK SUBSCRIPTION_ENDED 23");
  }

  @Test
  void retriesOfAFailedPaymentBuyNoTime() {
    sub(Action.STARTED, 0, 10);
    sub(Action.PAYMENT_FAILED, 10);
    sub(Action.PAYMENT_FAILED, 11);
    advance(13);
    assertThat(published())
        .containsExactly(
            "NEW 0", "ACTIVE 5", "AT_RISK PAYMENT_FAILED 10", "AT_RISK SUBSCRIPTION_ENDED 12");
  }

  @Test
  void aScheduledCancellationIsARiskUntilItsEndAndHasNoGrace() {
    sub(Action.STARTED, 0, 10);
    sub(Action.CANCEL_SCHEDULED, 6, 8);
    advance(9);
    assertThat(published())
        .containsExactly(
            "NEW 0", "ACTIVE 5", "AT_RISK CANCEL_SCHEDULED 6", "AT_RISK SUBSCRIPTION_ENDED 8");
  }

  @Test
  void theEndOfTheLastSubscriptionIsChurnIfThePolicySaysSo() {
    timeline = timeline("null", "null", "CHURNED");
    sub(Action.STARTED, 0, 40);
    sub(Action.CANCELLED, 20);
    assertThat(published()).containsExactly("NEW 0", "ACTIVE 5", "CHURNED SUBSCRIPTION_ENDED 20");
  }

  @Test
  void endingAnEndedSubscriptionMakesNoNewEnd() {
    sub(Action.STARTED, 0, 40);
    sub(Action.CANCELLED, 20);
    sub(Action.CANCELLED, 45);
    advance(51);
    assertThat(published())
        .containsExactly(
            "NEW 0", "ACTIVE 5", "AT_RISK SUBSCRIPTION_ENDED 20", "DORMANT SILENCE 50");
  }

  @Test
  void anUnusedSubscriptionIsARisk() {
    timeline = timeline("null", "P7D", "AT_RISK");
    sub(Action.STARTED, 0, 100);
    click(3);
    advance(11);
    click(12);
    assertThat(published()).containsExactly("NEW 0", "ACTIVE 5", "AT_RISK UNUSED 10", "ACTIVE 12");
  }

  @Test
  void aPausedSubscriptionNeedsNoUse() {
    timeline = timeline("null", "P7D", "AT_RISK");
    sub(Action.STARTED, 0, 100);
    sub(Action.PAUSED, 6);
    advance(20);
    sub(Action.RESUMED, 20);
    advance(28);
    assertThat(published()).containsExactly("NEW 0", "ACTIVE 5", "AT_RISK UNUSED 27");
  }

  @Test
  void ordersMakeACustomerLoyalUntilTheyLeaveTheWindowAtMidnight() {
    sub(Action.STARTED, 0, 400);
    buy(1);
    buy(2);
    buy(3);
    advance(120);
    assertThat(published()).containsExactly("NEW 0", "ACTIVE 5", "LOYAL 50", "ACTIVE 101");
  }

  @Test
  void aLongSubscriptionMakesACustomerLoyalToo() {
    timeline = timeline("P70D", "null", "AT_RISK");
    sub(Action.STARTED, 0, 400);
    advance(100);
    assertThat(published()).containsExactly("NEW 0", "ACTIVE 5", "LOYAL 70");
  }

  @Test
  void aDuplicateChangesNothingNotEvenTheClock() {
    Purchase once = purchase(0);
    apply(once, 0);
    Customer before = customer.orElseThrow();
    Decision again = timeline.apply(customer, once, at(50));
    assertThat(again.kind()).isEqualTo(Decision.Kind.DUPLICATE);
    assertThat(again.customer()).isSameAs(before);
  }

  @Test
  void aLateEventIsAppliedToEverythingAndPublishedAsOfTheClock() {
    buy(0);
    advance(12);
    published.clear();
    apply(purchase(8), 13);
    assertThat(published()).containsExactly("ACTIVE 13 late");
    assertThat(customer.orElseThrow().commerce().orders()).isEqualTo(2);
  }

  @Test
  void aLateEventFromBeforeInactivityIsNoReturn() {
    buy(0);
    advance(35);
    published.clear();
    apply(purchase(29), 35);
    assertThat(published()).containsExactly("ACTIVE 35 late");
  }

  @Test
  void aLateEventFromDuringInactivityIsAReturn() {
    buy(0);
    advance(35);
    published.clear();
    apply(purchase(33), 35);
    assertThat(published()).containsExactly("REACTIVATED 35 late");
  }

  @Test
  void aDeadlineAtTheInstantOfAnEventIsJudgedWithTheEventApplied() {
    buy(0);
    buy(10);
    assertThat(published()).containsExactly("NEW 0", "ACTIVE 5");
  }

  @Test
  void everyChangeSaysWhatComesNext() {
    buy(0);
    NextStatus next = NextStatus.of(published.get(0));
    assertThat(next).isEqualTo(new NextStatus("ACTIVE", at(5)));
    advance(6);
    assertThat(NextStatus.of(published.get(1))).isEqualTo(new NextStatus("AT_RISK", at(10)));
  }

  @Test
  void aRefundIsSubtractedOnItsOwnDay() {
    buy(0);
    apply(new Purchase(id(), "c", at(3), Purchase.Action.REFUND, "o", 40, "USD", List.of(), ""), 3);
    Customer after = customer.orElseThrow();
    assertThat(after.commerce().net()).isEqualTo(60);
    assertThat(after.commerce().orders()).isEqualTo(1);
    assertThat(after.commerce().panes().net(1, LocalDays.UTC.dayOf(at(3)))).isEqualTo(-40);
  }

  @Test
  void aCurrencyWithoutARateCountsAsAnOrderAndAddsNoMoney() {
    Decision decision =
        timeline.apply(
            customer,
            new Purchase(id(), "c", at(0), Purchase.Action.PURCHASE, "o", 40, "XAU", List.of(), ""),
            at(0));
    assertThat(decision.unconverted()).isPresent();
    assertThat(decision.customer().commerce().orders()).isEqualTo(1);
    assertThat(decision.customer().commerce().net()).isZero();
  }

  @Test
  void beyondAThousandSubscriptionsTheOneThatEndedLongestAgoIsDropped() {
    for (int i = 0; i < Subscriptions.LIMIT; i++) {
      apply(subscription("s%04d".formatted(i), Action.STARTED, 0, i == 7 ? 1 : 500), 0);
    }
    apply(subscription("new", Action.STARTED, 10, 500), 10);
    assertThat(customer.orElseThrow().subscriptions().list())
        .hasSize(Subscriptions.LIMIT)
        .extracting(s -> s.id())
        .contains("new")
        .doesNotContain("s0007")
        .isSorted();
  }

  private record NextStatus(String status, long at) {
    static NextStatus of(StatusChange change) {
      return change
          .nextReview()
          .map(next -> new NextStatus(next.assessment().status().name(), next.at()))
          .orElseThrow();
    }
  }

  private static Timeline timeline(String subscribedFor, String usage, String onEnd) {
    Policy policy =
        PolicyReader.read(POLICY.formatted(subscribedFor, usage, onEnd)).policy().orElseThrow();
    return new Timeline(Policies.of(policy));
  }

  private List<String> published() {
    return published.stream()
        .map(
            change ->
                (change.to().status()
                        + " "
                        + change.to().reason().label()
                        + " "
                        + (change.effectiveAt() - START) / Instants.DAY
                        + (change.late() ? " late" : ""))
                    .replace("  ", " "))
        .toList();
  }

  private void buy(int day) {
    apply(purchase(day), day);
  }

  private void click(int day) {
    apply(new Contact(id(), "c", at(day), Contact.Action.CLICKED, Contact.Channel.EMAIL), day);
  }

  private void sub(Action action, int day) {
    apply(subscription("s", action, day, -1), day);
  }

  private void sub(Action action, int day, int paidThrough) {
    apply(subscription("s", action, day, paidThrough), day);
  }

  private void apply(Event event, int day) {
    keep(timeline.apply(customer, event, at(day)));
  }

  private void advance(int day) {
    keep(timeline.advance(customer.orElseThrow(), at(day), at(day)));
  }

  private void keep(Decision decision) {
    customer = Optional.of(decision.customer());
    published.addAll(decision.statusChanges());
  }

  private Purchase purchase(int day) {
    return new Purchase(
        id(), "c", at(day), Purchase.Action.PURCHASE, "o", 100, "USD", List.of(), "");
  }

  private SubscriptionChange subscription(String sub, Action action, int day, int paidThrough) {
    return new SubscriptionChange(
        id(),
        "c",
        at(day),
        action,
        sub,
        SubscriptionKind.SERVICE,
        "",
        Billing.of(0, ""),
        paidThrough < 0 ? OptionalLong.empty() : OptionalLong.of(at(paidThrough)),
        "");
  }

  private String id() {
    return "e" + ids++;
  }

  private static long at(int day) {
    return START + day * Instants.DAY;
  }
}
