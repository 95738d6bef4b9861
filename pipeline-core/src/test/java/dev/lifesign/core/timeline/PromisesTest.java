package dev.lifesign.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.customer.Subscriptions;
import dev.lifesign.core.event.Contact;
import dev.lifesign.core.event.Event;
import dev.lifesign.core.event.Purchase;
import dev.lifesign.core.event.SubscriptionChange;
import dev.lifesign.core.event.SubscriptionChange.Action;
import dev.lifesign.core.event.SubscriptionKind;
import dev.lifesign.core.lifecycle.StatusChange;
import dev.lifesign.core.policy.Policies;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.policy.PolicyReader;
import dev.lifesign.core.time.Instants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The promises of the semantics, a sentence each. Days count from the start; grace is 2 days. */
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
  private final List<StatusChange> told = new ArrayList<>();
  private int ids;

  @Test
  void silenceBecomesRiskThenDormancyThenChurnEachAtItsInstant() {
    buy(0);
    pass(100);
    assertThat(told())
        .containsExactly(
            "NEW 0", "ACTIVE 5", "AT_RISK SILENCE 10", "DORMANT SILENCE 30", "CHURNED SILENCE 60");
  }

  @Test
  void aPurchaseBringsAnInactiveCustomerBackAndAClickDoesNot() {
    buy(0);
    click(35);
    buy(40);
    pass(46);
    assertThat(told())
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
    pass(20);
    assertThat(told()).containsExactly("NEW 0", "ACTIVE 5", "AT_RISK SILENCE 19");
  }

  @Test
  void whoOnlyClickedIsAProspect() {
    click(0);
    pass(100);
    assertThat(told()).containsExactly("PROSPECT 0");
  }

  @Test
  void aPausedSubscriptionIsNotChurn() {
    sub(Action.STARTED, 0, 10);
    sub(Action.PAUSED, 5);
    pass(20);
    assertThat(told()).containsExactly("NEW 0", "ACTIVE 5");
  }

  @Test
  void aPauseLastsAtMostMaxPauseAndGraceAndWhatWasPaidBeyondItsStart() {
    sub(Action.STARTED, 0, 10);
    sub(Action.PAUSED, 5);
    pass(33);
    assertThat(told()).containsExactly("NEW 0", "ACTIVE 5", "AT_RISK SUBSCRIPTION_ENDED 32");
  }

  @Test
  void anEndedPauseMovesWhatWasPaidOnByItsLength() {
    sub(Action.STARTED, 0, 10);
    sub(Action.PAUSED, 5);
    sub(Action.RESUMED, 9);
    pass(17);
    assertThat(told()).containsExactly("NEW 0", "ACTIVE 5", "AT_RISK SUBSCRIPTION_ENDED 16");
  }

  @Test
  void aRenewalWithoutPaidThroughRunsForTheLastPeriodKnown() {
    sub(Action.STARTED, 0, 10);
    sub(Action.RENEWED, 11);
    pass(24);
    assertThat(told()).containsExactly("NEW 0", "ACTIVE 5", "AT_RISK SUBSCRIPTION_ENDED 23");
  }

  @Test
  void retriesOfAFailedPaymentBuyNoTime() {
    sub(Action.STARTED, 0, 10);
    sub(Action.PAYMENT_FAILED, 10);
    sub(Action.PAYMENT_FAILED, 11);
    pass(13);
    assertThat(told())
        .containsExactly(
            "NEW 0", "ACTIVE 5", "AT_RISK PAYMENT_FAILED 10", "AT_RISK SUBSCRIPTION_ENDED 12");
  }

  @Test
  void aScheduledCancellationIsARiskUntilItsEndAndHasNoGrace() {
    sub(Action.STARTED, 0, 10);
    sub(Action.CANCEL_SCHEDULED, 6, 8);
    pass(9);
    assertThat(told())
        .containsExactly(
            "NEW 0", "ACTIVE 5", "AT_RISK CANCEL_SCHEDULED 6", "AT_RISK SUBSCRIPTION_ENDED 8");
  }

  @Test
  void whereThePolicySaysSoTheEndOfTheLastSubscriptionIsChurn() {
    timeline = timeline("null", "null", "CHURNED");
    sub(Action.STARTED, 0, 40);
    sub(Action.CANCELLED, 20);
    assertThat(told()).containsExactly("NEW 0", "ACTIVE 5", "CHURNED SUBSCRIPTION_ENDED 20");
  }

  @Test
  void endingWhatHasEndedMakesNoNewEnd() {
    sub(Action.STARTED, 0, 40);
    sub(Action.CANCELLED, 20);
    sub(Action.CANCELLED, 45);
    pass(51);
    assertThat(told())
        .containsExactly(
            "NEW 0", "ACTIVE 5", "AT_RISK SUBSCRIPTION_ENDED 20", "DORMANT SILENCE 50");
  }

  @Test
  void aSubscriptionThatIsNotUsedIsARisk() {
    timeline = timeline("null", "P7D", "AT_RISK");
    sub(Action.STARTED, 0, 100);
    click(3);
    pass(11);
    click(12);
    assertThat(told()).containsExactly("NEW 0", "ACTIVE 5", "AT_RISK UNUSED 10", "ACTIVE 12");
  }

  @Test
  void whatIsPausedNeedsNoUse() {
    timeline = timeline("null", "P7D", "AT_RISK");
    sub(Action.STARTED, 0, 100);
    sub(Action.PAUSED, 6);
    pass(20);
    sub(Action.RESUMED, 20);
    pass(28);
    assertThat(told()).containsExactly("NEW 0", "ACTIVE 5", "AT_RISK UNUSED 27");
  }

  @Test
  void ordersMakeLoyalUntilTheyLeaveTheWindowAtMidnight() {
    sub(Action.STARTED, 0, 400);
    buy(1);
    buy(2);
    buy(3);
    pass(120);
    assertThat(told()).containsExactly("NEW 0", "ACTIVE 5", "LOYAL 50", "ACTIVE 101");
  }

  @Test
  void aLongSubscriptionMakesLoyalToo() {
    timeline = timeline("P70D", "null", "AT_RISK");
    sub(Action.STARTED, 0, 400);
    pass(100);
    assertThat(told()).containsExactly("NEW 0", "ACTIVE 5", "LOYAL 70");
  }

  @Test
  void aDuplicateChangesNothingTheClockIncluded() {
    Purchase once = purchase(0);
    hear(once, 0);
    Customer before = customer.orElseThrow();
    Outcome again = timeline.apply(customer, once, at(50));
    assertThat(again.kind()).isEqualTo(Outcome.Kind.DUPLICATE);
    assertThat(again.customer()).isSameAs(before);
  }

  @Test
  void aLateEventIsAppliedToEverythingAndToldAsOfTheClock() {
    buy(0);
    pass(12);
    told.clear();
    hear(purchase(8), 13);
    assertThat(told()).containsExactly("ACTIVE 13 late");
    assertThat(customer.orElseThrow().commerce().orders()).isEqualTo(2);
  }

  @Test
  void aLateEventFromBeforeInactivityIsNoReturn() {
    buy(0);
    pass(35);
    told.clear();
    hear(purchase(29), 35);
    assertThat(told()).containsExactly("ACTIVE 35 late");
  }

  @Test
  void aLateEventFromWithinInactivityIsAReturn() {
    buy(0);
    pass(35);
    told.clear();
    hear(purchase(33), 35);
    assertThat(told()).containsExactly("REACTIVATED 35 late");
  }

  @Test
  void aDeadlineAtTheVeryInstantOfAnEventIsJudgedWithTheEventApplied() {
    buy(0);
    buy(10);
    assertThat(told()).containsExactly("NEW 0", "ACTIVE 5");
  }

  @Test
  void whatComesNextIsToldWithEveryChange() {
    buy(0);
    NextStatus next = NextStatus.of(told.get(0));
    assertThat(next).isEqualTo(new NextStatus("ACTIVE", at(5)));
    pass(6);
    assertThat(NextStatus.of(told.get(1))).isEqualTo(new NextStatus("AT_RISK", at(10)));
  }

  @Test
  void moneyOfARefundIsTakenFromTheDayOfTheRefund() {
    buy(0);
    hear(new Purchase(id(), "c", at(3), Purchase.Action.REFUND, "o", 40, "USD", List.of(), ""), 3);
    Customer after = customer.orElseThrow();
    assertThat(after.commerce().net()).isEqualTo(60);
    assertThat(after.commerce().orders()).isEqualTo(1);
    assertThat(after.commerce().panes().net(1, at(3))).isEqualTo(-40);
  }

  @Test
  void aCurrencyWithoutARateCountsAsAnOrderAndAddsNoMoney() {
    Outcome outcome =
        timeline.apply(
            customer,
            new Purchase(id(), "c", at(0), Purchase.Action.PURCHASE, "o", 40, "XAU", List.of(), ""),
            at(0));
    assertThat(outcome.unconverted()).isTrue();
    assertThat(outcome.customer().commerce().orders()).isEqualTo(1);
    assertThat(outcome.customer().commerce().net()).isZero();
  }

  @Test
  void ofMoreThanAThousandSubscriptionsTheLongestEndedIsForgotten() {
    for (int i = 0; i < Subscriptions.LIMIT; i++) {
      hear(subscription("s%04d".formatted(i), Action.STARTED, 0, i == 7 ? 1 : 500), 0);
    }
    hear(subscription("new", Action.STARTED, 10, 500), 10);
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

  private List<String> told() {
    return told.stream()
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
    hear(purchase(day), day);
  }

  private void click(int day) {
    hear(new Contact(id(), "c", at(day), Contact.Action.CLICKED, Contact.Channel.EMAIL), day);
  }

  private void sub(Action action, int day) {
    hear(subscription("s", action, day, -1), day);
  }

  private void sub(Action action, int day, int paidThrough) {
    hear(subscription("s", action, day, paidThrough), day);
  }

  private void hear(Event event, int day) {
    take(timeline.apply(customer, event, at(day)));
  }

  private void pass(int day) {
    take(timeline.advance(customer.orElseThrow(), at(day), at(day)));
  }

  private void take(Outcome outcome) {
    customer = Optional.of(outcome.customer());
    told.addAll(outcome.statusChanges());
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
        0,
        "",
        paidThrough < 0 ? OptionalLong.empty() : OptionalLong.of(at(paidThrough)));
  }

  private String id() {
    return "e" + ids++;
  }

  private static long at(int day) {
    return START + day * Instants.DAY;
  }
}
