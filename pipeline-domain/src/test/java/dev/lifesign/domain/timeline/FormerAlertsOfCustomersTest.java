package dev.lifesign.domain.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.alert.AlertFact;
import dev.lifesign.domain.alert.AlertId;
import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.customer.AlertState;
import dev.lifesign.domain.customer.AlertState.Ending;
import dev.lifesign.domain.customer.AlertState.Moments;
import dev.lifesign.domain.customer.AlertState.Origin;
import dev.lifesign.domain.customer.AlertState.Outcome;
import dev.lifesign.domain.customer.AlertState.Owner;
import dev.lifesign.domain.customer.AlertState.Place;
import dev.lifesign.domain.customer.AlertState.State;
import dev.lifesign.domain.customer.AlertState.Version;
import dev.lifesign.domain.customer.Answers;
import dev.lifesign.domain.customer.Answers.Refusal;
import dev.lifesign.domain.customer.CaseBook;
import dev.lifesign.domain.customer.CaseState;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyInForce;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.PolicyReading;
import dev.lifesign.domain.policy.Severity;
import dev.lifesign.domain.time.Instants;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A customer whose open alerts were raised by rules of an earlier build: nothing is known of the
 * rungs of their cases. It bought once, and has been at risk since day 10.
 */
class FormerAlertsOfCustomersTest {

  private static final String RULES =
      """
      version: %d
      lateness: PT0S
      activity: { weights: { purchase.PURCHASE: 10 } }
      lifecycle: { newFor: P5D, risk: { fixed: P10D }, dormantAfter: P30D, churnAfter: P60D }
      cases:
      """;
  private static final String CASES =
      """
      - { id: a, ladder: [{ id: at-risk, when: { status: { in: [AT_RISK] } } }] }
      - { id: b, ladder: [{ id: at-risk, when: { status: { in: [AT_RISK] } } }] }
      """;
  private static final Policy POLICY = policy(1, CASES);

  /** Before any deadline. */
  private static final long SOON = day(10) + Duration.ofHours(1).toMillis();

  @Test
  void aCommandOnOneOfThemLeavesTheOthersWhole() {
    Timeline timeline = new Timeline(Policies.of(POLICY));
    Decision decision = timeline.apply(atRisk("a", "b"), on("a", new Command.Acknowledge()), SOON);
    assertThat(decision.command().orElseThrow().result().refusal()).isEqualTo(Refusal.NONE);
    assertThat(facts(decision)).containsExactly("a ACKNOWLEDGED");
    assertThat(facts(timeline.apply(Optional.of(decision.customer()), purchase(day(11)), day(11))))
        .containsExactly("a CLEARED EVENT", "b CLEARED EVENT");
  }

  @Test
  void aRefusedCommandLeavesThemWholeToo() {
    Timeline timeline = new Timeline(Policies.of(POLICY));
    Decision decision =
        timeline.apply(atRisk("a", "b"), on("none", new Command.Acknowledge()), SOON);
    assertThat(decision.command().orElseThrow().result().refusal())
        .isEqualTo(Refusal.UNKNOWN_ALERT);
    assertThat(decision.alerts()).isEmpty();
    assertThat(timeline.nextTouch(decision.customer())).isGreaterThan(SOON);
  }

  @Test
  void aCommandDoesNotMakeTheOthersNews() {
    String ladder =
        """
        - { id: a, ladder: [{ id: at-risk, when: { status: { in: [AT_RISK] } } }] }
        - id: b
          ladder:
            - { id: at-risk, when: { status: { in: [AT_RISK] } } }
            - { id: silent, when: { silence: { of: PURCHASE, for: P10D } } }
        """;
    Timeline timeline = new Timeline(Policies.of(policy(1, ladder)));
    Decision decision = timeline.apply(atRisk("a", "b"), on("a", new Command.Acknowledge()), SOON);
    assertThat(timeline.advance(decision.customer(), day(20), day(20)).alerts()).isEmpty();
  }

  @Test
  void aReturnEndsThem() {
    Decision decision =
        new Timeline(Policies.of(POLICY))
            .apply(Optional.of(atRisk("a", "b")), purchase(SOON), SOON);
    assertThat(facts(decision)).containsExactly("a CLEARED EVENT", "b CLEARED EVENT");
  }

  @Test
  void anAlertWhoseCauseHoldsStaysAndGetsWorse() {
    String ladder =
        """
        - id: a
          ladder:
            - { id: at-risk, when: { status: { in: [AT_RISK] } } }
            - { id: dormant, when: { status: { in: [DORMANT] } } }
        """;
    Decision decision =
        new Timeline(Policies.of(policy(1, ladder))).advance(atRisk("a"), day(32), day(32));
    assertThat(facts(decision)).containsExactly("a ESCALATED");
  }

  @Test
  void aPolicyThatIsTakenUpFirstEndsThoseWhoseCauseDoesNotHold() {
    Policy other = policy(2, CASES.replace("AT_RISK", "CHURNED"));
    Policies policies = Policies.of(POLICY).with(new PolicyInForce(SOON, other));
    assertThat(facts(new Timeline(policies).advance(atRisk("a", "b"), day(13), day(13))))
        .containsExactly("a CLEARED POLICY", "b CLEARED POLICY");
  }

  @Test
  void anAlertWhoseCaseThePolicyDoesNotHaveEndsAtTheNextJudgement() {
    Timeline timeline = new Timeline(Policies.of(POLICY));
    Decision decision = timeline.apply(Optional.of(atRisk("gone", "a")), purchase(SOON), SOON);
    assertThat(facts(decision)).containsExactly("gone CLEARED POLICY", "a CLEARED EVENT");
    Decision later = timeline.apply(Optional.of(decision.customer()), purchase(day(11)), day(11));
    assertThat(later.alerts()).isEmpty();
    assertThat(later.customer().cases().of("gone").orElseThrow().alert()).isPresent();
  }

  @Test
  void aPolicyWithoutCasesEndsThemAsWell() {
    Timeline timeline = new Timeline(Policies.of(policy(1, "  []")));
    assertThat(facts(timeline.advance(atRisk("gone"), day(32), day(32))))
        .containsExactly("gone CLEARED POLICY");
  }

  private static List<String> facts(Decision decision) {
    return decision.alerts().stream().map(FormerAlertsOfCustomersTest::text).toList();
  }

  private static String text(AlertFact fact) {
    return (fact.caseId() + " " + fact.change() + " " + fact.clearedBy()).strip();
  }

  private static Customer atRisk(String... cases) {
    Timeline before = new Timeline(Policies.of(policy(1, "  []")));
    Customer bought = before.apply(Optional.empty(), purchase(day(0)), day(0)).customer();
    Customer customer = before.advance(bought, SOON, SOON).customer();
    CaseBook book =
        new CaseBook(
            Stream.of(cases).map(FormerAlertsOfCustomersTest::alert).toList(), Answers.NONE);
    return customer.judged(
        customer.clock(), customer.due(), customer.statusState(), book, customer.segment());
  }

  private static CaseState alert(String caseId) {
    return new CaseState(
        caseId,
        List.of(),
        List.of(),
        Optional.of(
            new AlertState(
                1,
                new Version(1, 1),
                State.OPEN,
                Ending.NONE,
                Outcome.NONE,
                new Place("at-risk", 0, Severity.MEDIUM),
                new Owner("", false),
                new Origin(day(10), Instants.NEVER, "", false, false),
                new Moments(Instants.NEVER, false, day(100), Instants.NEVER, Instants.NEVER),
                1)));
  }

  private static Command on(String caseId, Command.Step step) {
    return new Command(
        "k",
        "c",
        "ann",
        new Command.OnAlert(AlertId.of("c", caseId, 1), OptionalInt.empty(), step));
  }

  private static Purchase purchase(long at) {
    return new Purchase(
        "e" + at, "c", at, Purchase.Action.PURCHASE, "o" + at, 1, "USD", List.of(), "");
  }

  private static Policy policy(int version, String cases) {
    PolicyReading reading = PolicyReader.read(RULES.formatted(version) + cases);
    assertThat(reading.faults()).isEmpty();
    return reading.policy().orElseThrow();
  }

  private static long day(int day) {
    return 1_700_000_000_000L + day * Instants.DAY;
  }
}
