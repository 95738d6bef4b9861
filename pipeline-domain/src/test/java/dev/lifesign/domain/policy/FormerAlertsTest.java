package dev.lifesign.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifesign.domain.document.Fault;
import dev.lifesign.domain.status.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Alert rules of earlier builds are refused in a file, and go on where they are in force. */
class FormerAlertsTest {

  private static final String RULES =
      """
      version: 3
      alerts:
        - { id: first, trigger: { status: AT_RISK }, severity: HIGH, cooldown: P7D, timeToLive: P60D, owner: crm, action: Call }
        - { id: lost, trigger: { status: CHURNED } }
      """;

  @Test
  void aFileWithAlertsIsRefusedWithOneSentenceThatShowsACase() {
    assertThat(PolicyReader.read(RULES).faults())
        .containsExactly(
            new Fault(
                "alerts",
                "has been replaced by cases; write each rule as a case, such as"
                    + " { id: at-risk, owner: crm, ladder: [{ id: at-risk, when: { status: { in: [AT_RISK] } } }] }"
                    + " (docs/reference/policy.md#cases)"));
    assertThat(PolicyReader.read("version: 1\nalerts: []").faults()).hasSize(1);
    assertThat(PolicyReader.read("version: 1\nalerts:").faults()).hasSize(1);
  }

  @Test
  void theSentenceShowsACaseThatCanBeRead() {
    String message = PolicyReader.read(RULES).faults().get(0).message();
    String example = message.substring(message.indexOf('{'), message.lastIndexOf('}') + 1);
    assertThat(PolicyReader.read("version: 1\ncases: [" + example + "]").faults()).isEmpty();
  }

  @Test
  void alertsAreNotOfferedWhereAKeyIsUnknown() {
    assertThat(PolicyReader.read("version: 1\nalert: []").faults())
        .singleElement()
        .extracting(Fault::message)
        .asString()
        .contains("cases")
        .doesNotContain("alerts");
  }

  @Test
  void aPublishedPolicyWithAlertsGoesOnAsCasesWithOneRungEach() {
    Policy policy = new PublishedPolicy(3, RULES, PolicyFormat.FIRST, "lifesign 0.1").read();
    assertThat(policy.cases())
        .containsExactly(
            new Case(
                "first",
                Duration.ofDays(7).toMillis(),
                Duration.ofDays(60).toMillis(),
                "crm",
                "",
                OptionalInt.empty(),
                new CaseAction("", "", "", "Call"),
                0,
                ladder("at-risk", Status.AT_RISK, Severity.HIGH)),
            new Case(
                "lost",
                0,
                Duration.ofDays(90).toMillis(),
                "",
                "",
                OptionalInt.empty(),
                CaseAction.NONE,
                0,
                ladder("churned", Status.CHURNED, Severity.MEDIUM)));
  }

  @Test
  void aPublishedPolicyWithAnUnknownKeyIsStillUnreadable() {
    PublishedPolicy unknown =
        new PublishedPolicy(3, RULES + "scores: 1\n", PolicyFormat.FIRST, "lifesign 0.1");
    assertThatThrownBy(unknown::read)
        .isInstanceOf(UnreadablePolicyException.class)
        .hasMessageContaining("scores: unknown key");
  }

  private static Case.Ladder ladder(String id, Status status, Severity severity) {
    return new Case.Ladder(
        List.of(
            new Rung(
                id,
                new Condition.InStatus(Set.of(status), Set.of()),
                0,
                new SeverityRule.Fixed(severity),
                Optional.empty(),
                OptionalInt.empty(),
                false)));
  }
}
