package dev.lifesign.domain.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Billing;
import dev.lifesign.domain.event.Contact;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.SubscriptionKind;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.domain.timeline.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Alerts: one per status entry, explained, and each ends by itself. */
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
    advance(45);
    assertThat(published()).containsExactly("at-risk RAISED 10.0", "dormant RAISED 30.0");
    buy(45);
    assertThat(published()).containsExactly("at-risk RETURNED 45.0", "dormant RETURNED 45.0");
  }

  @Test
  void anAlertExpiresWhenItsTimeToLiveIsOver() {
    buy(0);
    advance(80);
    assertThat(published())
        .containsExactly(
            "at-risk RAISED 10.0",
            "dormant RAISED 30.0",
            "churned RAISED 60.0",
            "churned EXPIRED 67.0");
  }

  @Test
  void aLateEventThatOccurredBeforeTheAlertWithdrawsIt() {
    buy(0);
    advance(12);
    published();
    apply(purchase(8), 12);
    assertThat(published()).containsExactly("at-risk WITHDRAWN 12.0");
    assertThat(facts).allMatch(fact -> fact.late());
  }

  @Test
  void aLateEventThatOccurredAfterTheAlertIsAReturn() {
    buy(0);
    advance(12);
    published();
    apply(purchase(11), 12);
    assertThat(published()).containsExactly("at-risk RETURNED 12.0");
  }

  @Test
  void aLateEventThatOnlyUndoesDormancyWithdrawsOnlyTheDormantAlert() {
    buy(0);
    advance(33);
    published();
    apply(purchase(15), 33);
    assertThat(published()).containsExactly("dormant WITHDRAWN 33.0", "at-risk RAISED 33.0");
  }

  @Test
  void everyReasonOfAtRiskIsAnEntry() {
    apply(subscription(SubscriptionChange.Action.STARTED, 0, 100), 0);
    apply(subscription(SubscriptionChange.Action.PAYMENT_FAILED, 1, 100), 1);
    apply(subscription(SubscriptionChange.Action.CANCEL_SCHEDULED, 2, 20), 2);
    assertThat(published()).containsExactly("at-risk RAISED 1.0", "at-risk RAISED 2.0");
    assertThat(facts).extracting(AlertFact::alertId).doesNotHaveDuplicates();
  }

  @Test
  void anAlertWhoseCauseEndsWithTimeAloneLapses() {
    // One of two subscriptions cannot be paid, and ends; the other goes on.
    apply(subscription("kept", SubscriptionChange.Action.STARTED, 0, 100), 0);
    apply(subscription("unpaid", SubscriptionChange.Action.STARTED, 0, 9), 0);
    apply(subscription("unpaid", SubscriptionChange.Action.PAYMENT_FAILED, 7, 9), 7);
    assertThat(published()).containsExactly("at-risk RAISED 7.0");
    advance(8);
    assertThat(published()).isEmpty();
    advance(10);
    assertThat(facts)
        .extracting(AlertFact::explanation)
        .containsExactly("Its cause ended at 2024-01-10T00:00:00Z, without a further event.");
    assertThat(published()).containsExactly("at-risk LAPSED 9.0");
    apply(purchase(11), 11);
    assertThat(published()).isEmpty();
  }

  @Test
  void anAlertThatAnEventEndsBeforeTimeDoesIsAReturn() {
    apply(subscription("kept", SubscriptionChange.Action.STARTED, 0, 100), 0);
    apply(subscription("unpaid", SubscriptionChange.Action.STARTED, 0, 9), 0);
    apply(subscription("unpaid", SubscriptionChange.Action.PAYMENT_FAILED, 7, 9), 7);
    published();
    apply(subscription("unpaid", SubscriptionChange.Action.RENEWED, 8, 100), 8);
    assertThat(published()).containsExactly("at-risk RETURNED 8.0");
  }

  @Test
  void withinTheCooldownTheRuleRaisesNoOtherAlert() {
    timeline = timeline("P30D");
    buy(0);
    advance(11);
    buy(11);
    assertThat(published()).containsExactly("at-risk RAISED 10.0", "at-risk RETURNED 11.0");
    advance(22);
    assertThat(published()).isEmpty();
    buy(22);
    advance(44);
    assertThat(published()).isEmpty();
    buy(44);
    advance(55);
    assertThat(published()).contains("at-risk RAISED 54.0");
  }

  @Test
  void aContactDoesNotEndWhatOnlyAPurchaseEnds() {
    buy(0);
    advance(35);
    published();
    apply(new Contact(id(), "c", at(35), Contact.Action.CLICKED, Contact.Channel.EMAIL), 35);
    assertThat(published()).isEmpty();
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
  void theExplanationIsMadeFromTheValues() {
    buy(0);
    advance(11);
    assertThat(facts.get(0).explanation())
        .isEqualTo(
            "No activity that counts for 10 days, since 2024-01-01T00:00:00Z; this customer is at"
                + " risk after 10 days of silence (1 order in the loyalty window). Next: DORMANT at"
                + " 2024-01-31T00:00:00Z unless another event arrives.");
  }

  @Test
  void theExplanationSaysHowLikelyAPurchaseIsWhereThatDecides() {
    timeline =
        new Timeline(
            Policies.of(
                PolicyReader.read(
                        """
                        version: 1
                        lifecycle:
                          risk: { method: return, return: { within: P56D, below: 0.385 } }
                          dormantAfter: P90D
                        model: { r: 1, alpha: 4, a: 0.8, b: 2.5, spend: { p: 6, q: 4, v: 15 } }
                        alerts: [{ id: at-risk, trigger: { status: AT_RISK } }]
                        """)
                    .policy()
                    .orElseThrow()));
    buy(0);
    advance(80);
    assertThat(facts.get(0).explanation())
        .isEqualTo(
            "No activity that counts for 61.5 days, since 2024-01-01T00:00:00Z; this customer is at"
                + " risk after 61.5 days of silence, since the probability of a purchase within 56"
                + " days is 38.5 % then, and the threshold is 38.5 % (1 order in the loyalty"
                + " window). Next: DORMANT at 2024-03-31T00:00:00Z unless another event arrives.");
  }

  private static Timeline timeline(String cooldown) {
    return new Timeline(
        Policies.of(PolicyReader.read(POLICY.formatted(cooldown)).policy().orElseThrow()));
  }

  private List<String> published() {
    List<String> published =
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
    return published;
  }

  private void buy(int day) {
    apply(purchase(day), day);
  }

  private void apply(Event event, int day) {
    keep(timeline.apply(customer, event, at(day)));
  }

  private void advance(int day) {
    keep(timeline.advance(customer.orElseThrow(), at(day), at(day)));
  }

  private void keep(Decision decision) {
    customer = Optional.of(decision.customer());
    facts.addAll(decision.alerts());
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
        Billing.of(0, ""),
        OptionalLong.of(at(paidThrough)),
        "");
  }

  private String id() {
    return "e" + ids++;
  }

  private static long at(int day) {
    return START.plus(Duration.ofDays(day)).toEpochMilli();
  }
}
