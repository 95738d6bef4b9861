package dev.lifesign.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.event.Contact;
import dev.lifesign.core.event.Event;
import dev.lifesign.core.event.Purchase;
import dev.lifesign.core.event.SubscriptionChange;
import dev.lifesign.core.event.SubscriptionKind;
import dev.lifesign.core.policy.Policies;
import dev.lifesign.core.policy.PolicyReader;
import dev.lifesign.core.timeline.Outcome;
import dev.lifesign.core.timeline.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Alerts: one for each entry, explained, and each ends by itself. */
class AlertTest {

  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final String POLICY =
      """
      version: 1
      lateness: PT0S
      lifecycle:
        newFor: P5D
        risk: { fixed: P10D }
        dormantAfter: P30D
        churnAfter: P60D
        returnBy: commercial
      subscriptions: { grace: P0D }
      alerts:
        - { id: at-risk, trigger: { status: AT_RISK }, severity: MEDIUM, cooldown: %s, timeToLive: P100D, owner: crm, action: call }
        - { id: dormant, trigger: { status: DORMANT }, severity: HIGH, timeToLive: P100D }
        - { id: churned, trigger: { status: CHURNED }, severity: LOW, timeToLive: P7D }
      """;

  private Timeline timeline = timeline("PT0S");
  private final List<AlertFact> facts = new ArrayList<>();
  private Optional<Customer> customer = Optional.empty();
  private int ids;

  @Test
  void eachEntryRaisesOneAlertAndAReturnResolvesThemAll() {
    buy(0);
    pass(45);
    assertThat(told()).containsExactly("at-risk RAISED 10.0", "dormant RAISED 30.0");
    buy(45);
    assertThat(told()).containsExactly("at-risk RETURNED 45.0", "dormant RETURNED 45.0");
  }

  @Test
  void anAlertExpiresWhenItsTimeToLiveIsOver() {
    buy(0);
    pass(80);
    assertThat(told())
        .containsExactly(
            "at-risk RAISED 10.0",
            "dormant RAISED 30.0",
            "churned RAISED 60.0",
            "churned EXPIRED 67.0");
  }

  @Test
  void aLateEventThatOccurredBeforeTheAlertWithdrawsIt() {
    buy(0);
    pass(12);
    told();
    hear(purchase(8), 12);
    assertThat(told()).containsExactly("at-risk WITHDRAWN 12.0");
    assertThat(facts).allMatch(fact -> fact.late());
  }

  @Test
  void aLateEventThatOccurredAfterTheAlertIsAReturn() {
    buy(0);
    pass(12);
    told();
    hear(purchase(11), 12);
    assertThat(told()).containsExactly("at-risk RETURNED 12.0");
  }

  @Test
  void aLateEventThatUndoesDormancyAloneWithdrawsTheDormantAlertAlone() {
    buy(0);
    pass(33);
    told();
    hear(purchase(15), 33);
    assertThat(told()).containsExactly("dormant WITHDRAWN 33.0", "at-risk RAISED 33.0");
  }

  @Test
  void everyReasonOfAtRiskIsAnEntry() {
    hear(subscription(SubscriptionChange.Action.STARTED, 0, 100), 0);
    hear(subscription(SubscriptionChange.Action.PAYMENT_FAILED, 1, 100), 1);
    hear(subscription(SubscriptionChange.Action.CANCEL_SCHEDULED, 2, 20), 2);
    assertThat(told()).containsExactly("at-risk RAISED 1.0", "at-risk RAISED 2.0");
    assertThat(facts).extracting(AlertFact::alertId).doesNotHaveDuplicates();
  }

  @Test
  void anAlertWhoseMatterIsGoneWithTimeAloneLapses() {
    // One of two subscriptions cannot be paid, and ends; the other goes on.
    hear(subscription("kept", SubscriptionChange.Action.STARTED, 0, 100), 0);
    hear(subscription("unpaid", SubscriptionChange.Action.STARTED, 0, 9), 0);
    hear(subscription("unpaid", SubscriptionChange.Action.PAYMENT_FAILED, 7, 9), 7);
    assertThat(told()).containsExactly("at-risk RAISED 7.0");
    pass(8);
    assertThat(told()).isEmpty();
    pass(10);
    assertThat(facts)
        .extracting(AlertFact::explanation)
        .containsExactly(
            "What it was about is gone since 2024-01-10T00:00:00Z, with no further event.");
    assertThat(told()).containsExactly("at-risk LAPSED 9.0");
    buy(11);
    assertThat(told()).isEmpty();
  }

  @Test
  void anAlertThatAnEventEndsBeforeTimeDoesIsAReturn() {
    hear(subscription("kept", SubscriptionChange.Action.STARTED, 0, 100), 0);
    hear(subscription("unpaid", SubscriptionChange.Action.STARTED, 0, 9), 0);
    hear(subscription("unpaid", SubscriptionChange.Action.PAYMENT_FAILED, 7, 9), 7);
    told();
    hear(subscription("unpaid", SubscriptionChange.Action.RENEWED, 8, 100), 8);
    assertThat(told()).containsExactly("at-risk RETURNED 8.0");
  }

  @Test
  void withinTheCooldownTheRuleRaisesNoOther() {
    timeline = timeline("P30D");
    buy(0);
    pass(11);
    buy(11);
    assertThat(told()).containsExactly("at-risk RAISED 10.0", "at-risk RETURNED 11.0");
    pass(22);
    assertThat(told()).isEmpty();
    buy(22);
    pass(44);
    assertThat(told()).isEmpty();
    buy(44);
    pass(55);
    assertThat(told()).contains("at-risk RAISED 54.0");
  }

  @Test
  void aContactDoesNotEndWhatOnlyAPurchaseEnds() {
    buy(0);
    pass(35);
    told();
    hear(new Contact(id(), "c", at(35), Contact.Action.CLICKED, Contact.Channel.EMAIL), 35);
    assertThat(told()).isEmpty();
  }

  @Test
  void theIdIsAFunctionOfCustomerRuleAndOccurrence() {
    assertThat(AlertId.of("c", "at-risk", 2))
        .isEqualTo(AlertId.of("c", "at-risk", 2))
        .hasSize(32)
        .isNotEqualTo(AlertId.of("c", "at-risk", 3))
        .isNotEqualTo(AlertId.of("ca", "t-risk", 2));
  }

  @Test
  void theSentenceIsMadeFromTheNumbers() {
    buy(0);
    pass(11);
    assertThat(facts.get(0).explanation())
        .isEqualTo(
            "Nothing that counts was heard since 2024-01-01T00:00:00Z, for 10 days; for this"
                + " customer 10 days are a risk (1 order in the window of loyalty). Next: DORMANT at"
                + " 2024-01-31T00:00:00Z if nothing more is heard.");
  }

  private static Timeline timeline(String cooldown) {
    return new Timeline(
        Policies.of(PolicyReader.read(POLICY.formatted(cooldown)).policy().orElseThrow()));
  }

  private List<String> told() {
    List<String> told =
        facts.stream()
            .map(
                fact ->
                    fact.alert().rule()
                        + " "
                        + fact.ending().map(e -> e.resolution().name()).orElse("RAISED")
                        + " "
                        + (fact.ending().map(AlertFact.Ending::at).orElse(fact.alert().raisedAt())
                                - START.toEpochMilli())
                            / (double) Duration.ofDays(1).toMillis())
            .toList();
    facts.clear();
    return told;
  }

  private void buy(int day) {
    hear(purchase(day), day);
  }

  private void hear(Event event, int day) {
    take(timeline.apply(customer, event, at(day)));
  }

  private void pass(int day) {
    take(timeline.advance(customer.orElseThrow(), at(day), at(day)));
  }

  private void take(Outcome outcome) {
    customer = Optional.of(outcome.customer());
    facts.addAll(outcome.alerts());
  }

  private Purchase purchase(int day) {
    return new Purchase(
        id(), "c", at(day), Purchase.Action.PURCHASE, "o", 100, "USD", List.of(), "");
  }

  private SubscriptionChange subscription(
      SubscriptionChange.Action action, int day, int paidThrough) {
    return subscription("s", action, day, paidThrough);
  }

  private SubscriptionChange subscription(
      String subscriptionId, SubscriptionChange.Action action, int day, int paidThrough) {
    return new SubscriptionChange(
        id(),
        "c",
        at(day),
        action,
        subscriptionId,
        SubscriptionKind.SERVICE,
        "",
        0,
        "",
        OptionalLong.of(at(paidThrough)));
  }

  private String id() {
    return "e" + ids++;
  }

  private static long at(int day) {
    return START.plus(Duration.ofDays(day)).toEpochMilli();
  }
}
