package dev.lifesign.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.document.Fault;
import dev.lifesign.domain.status.Reason;
import dev.lifesign.domain.status.Status;
import dev.lifesign.domain.time.Instants;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads cases, and names each fault by its path. */
class CaseReaderTest {

  private static final String MODEL =
      "model: { r: 0.2, alpha: 4, a: 0.8, b: 2.4, spend: { p: 6, q: 3.7, v: 15 } }\n";

  @Test
  void theExampleOfTheSemanticsIsReadAsItIsMeant() {
    List<Case> cases =
        cases(
            """
            - id: silence
              owner: retention
              due: 2
              timeToLive: P120D
              holdout: 0.1
              action: { play: win-back, channel: EMAIL }
              ladder:
                - { id: at-risk, when: { status: { in: [AT_RISK] } }, dwell: PT15M, severity: { byValue: [2000, 10000, 50000] } }
                - { id: dormant, when: { status: { in: [DORMANT] } }, dwell: PT15M, severity: HIGH, filter: "customer.valueAtStake >= 2000" }
                - { id: churned, when: { status: { in: [CHURNED] } }, dwell: PT15M, severity: LOW, due: null }
            - id: complaint
              on: { match: "event.family == 'support' && event.action == 'OPENED' && event.category == 'COMPLAINT'", count: 1 }
              endsWhen: "event.family == 'support' && event.action == 'RESOLVED' && event.ticketId == alert.subject"
              severity: MEDIUM
            """);
    Case silence = cases.get(0);
    assertThat(silence.owner()).isEqualTo("retention");
    assertThat(silence.due()).hasValue(2);
    assertThat(silence.cooldown()).isEqualTo(days(30));
    assertThat(silence.timeToLive()).isEqualTo(days(120));
    assertThat(silence.holdout()).isEqualTo(0.1);
    assertThat(silence.action()).isEqualTo(new CaseAction("win-back", "EMAIL", "", ""));
    assertThat(silence.rungs())
        .extracting(Rung::id)
        .containsExactly("at-risk", "dormant", "churned");
    assertThat(silence.rungs())
        .extracting(Rung::due)
        .containsExactly(OptionalInt.of(2), OptionalInt.of(2), OptionalInt.empty());
    assertThat(silence.rungs())
        .extracting(Rung::dwell)
        .containsOnly(Duration.ofMinutes(15).toMillis());
    assertThat(silence.rungs().get(0).severity())
        .isEqualTo(new SeverityRule.ByValue(List.of(2000L, 10_000L, 50_000L)));
    assertThat(silence.rungs().get(1).filter().orElseThrow().text())
        .isEqualTo("customer.valueAtStake >= 2000");
    assertThat(silence.rungs().get(2).when())
        .isEqualTo(new Condition.InStatus(Set.of(Status.CHURNED), Set.of()));
    Case complaint = cases.get(1);
    EventTrigger trigger = complaint.trigger().orElseThrow();
    assertThat(complaint.cooldown()).isZero();
    assertThat(complaint.timeToLive()).isEqualTo(days(60));
    assertThat(trigger.count()).isEqualTo(1);
    assertThat(trigger.within()).isEqualTo(Instants.FOREVER);
    assertThat(trigger.severity()).isEqualTo(new SeverityRule.Fixed(Severity.MEDIUM));
    assertThat(trigger.endsWhen().orElseThrow().text()).endsWith("event.ticketId == alert.subject");
  }

  @Test
  void whatIsLeftOutHasTheDefaultsOfTheSemantics() {
    Case ladder =
        cases("- { id: a, ladder: [{ id: r, when: { segment: { in: [Slipping] } } }] }").get(0);
    Rung rung = ladder.rungs().get(0);
    assertThat(ladder)
        .isEqualTo(
            new Case(
                "a",
                days(30),
                days(60),
                "",
                "",
                OptionalInt.empty(),
                CaseAction.NONE,
                0,
                ladder.source()));
    assertThat(rung.dwell()).isZero();
    assertThat(rung.severity()).isEqualTo(new SeverityRule.Fixed(Severity.MEDIUM));
    assertThat(rung.filter()).isEmpty();
    assertThat(rung.due()).isEmpty();
    assertThat(rung.raiseOnPublish()).isFalse();
    Case events = cases("- { id: a, on: { match: 'true' } }").get(0);
    assertThat(events.cooldown()).isZero();
    assertThat(events.trigger().orElseThrow().endsWhen()).isEmpty();
  }

  @Test
  void everyConditionIsReadWithAllOfItsKeys() {
    assertThat(when("status: { in: [AT_RISK, CHURNED], reasons: [SILENCE, SUBSCRIPTION_ENDED] }"))
        .isEqualTo(
            new Condition.InStatus(
                Set.of(Status.AT_RISK, Status.CHURNED),
                Set.of(Reason.SILENCE, Reason.SUBSCRIPTION_ENDED)));
    assertThat(when("segment: { in: [\"Can't lose\", Slipping] }"))
        .isEqualTo(new Condition.InSegment(Set.of("Can't lose", "Slipping")));
    assertThat(when("pAlive: { below: 0.3 }")).isEqualTo(new Condition.AliveBelow(0.3));
    assertThat(when("activity: { below: 20 }"))
        .isEqualTo(new Condition.ActivityBelow(20, OptionalDouble.empty()));
    assertThat(when("activity: { below: 20.5, until: 30 }"))
        .isEqualTo(new Condition.ActivityBelow(20.5, OptionalDouble.of(30)));
    for (Condition.Silent.Kind kind : Condition.Silent.Kind.values()) {
      assertThat(when("silence: { of: " + kind + ", for: P60D }"))
          .isEqualTo(new Condition.Silent(kind, days(60)));
    }
    assertThat(when("renewal: { ahead: P30D }")).isEqualTo(new Condition.RenewalAhead(days(30)));
    assertThat(when("anniversary: { ahead: P14D }")).isEqualTo(new Condition.AnniversaryAhead(14));
    assertThat(when("anniversary: { ahead: P0D }")).isEqualTo(new Condition.AnniversaryAhead(0));
    assertThat(when("anniversary: { ahead: P364D }"))
        .isEqualTo(new Condition.AnniversaryAhead(364));
  }

  @Test
  void aSegmentOfThePolicysOwnTableIsKnownAndAnotherIsNot() {
    String own =
        "version: 1\nrfm: { segments: [{ name: Gold, m: 5 }, { name: Rest }] }\ncases:\n"
            + "- { id: a, ladder: [{ id: r, when: { segment: { in: [%s] } } }] }";
    assertThat(PolicyReader.read(own.formatted("Gold")).faults()).isEmpty();
    assertThat(PolicyReader.read(own.formatted("Slipping")).faults())
        .containsExactly(
            new Fault(
                "cases[0].ladder[0].when.segment.in",
                "Slipping is no segment of this policy; expected any of Gold, Rest"));
  }

  @Test
  void aTriggerMayAskForSeveralEventsWithinATimeOrWithoutALimit() {
    EventTrigger three =
        cases("- { id: a, on: { match: 'true', count: 3, within: P7D } }")
            .get(0)
            .trigger()
            .orElseThrow();
    assertThat(three.count()).isEqualTo(3);
    assertThat(three.within()).isEqualTo(days(7));
    EventTrigger fifty =
        cases("- { id: a, on: { match: 'true', count: 50 } }").get(0).trigger().orElseThrow();
    assertThat(fifty.count()).isEqualTo(50);
    assertThat(fifty.within()).isEqualTo(Instants.FOREVER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cases: [{ id: a, on: { match: 'true' } }]",
        "cases:\n  - id: a\n    on:\n      match: 'true'\n",
        "cases: [{ id: a, \"on\": { match: 'true' } }]",
        "{\"cases\": [{\"id\": \"a\", \"on\": {\"match\": \"true\"}}], \"lateness\": \"PT5S\"}",
      })
  void theKeyOnIsNotTheTruthValueOfYaml(String text) {
    String policy =
        text.startsWith("{")
            ? text.replaceFirst("\\{", "{\"version\": 1, ")
            : "version: 1\n" + text;
    assertThat(PolicyReader.read(policy).faults()).isEmpty();
    assertThat(PolicyReader.read(policy).policy().orElseThrow().cases().get(0).trigger())
        .isPresent();
  }

  @Test
  void aRungMayRaiseWhatItFindsTrueWhenItIsPublished() {
    assertThat(rung("onPublish: raise").raiseOnPublish()).isTrue();
    assertThat(
            faults(
                "- { id: a, ladder: [{ id: r, when: { status: { in: [NEW] } }, onPublish: tell }] }"))
        .containsExactly(
            "cases[0].ladder[0].onPublish: expected raise, but it is tell; or leave it out");
  }

  @Test
  void aRungHasADueOfItsOwnOrNoneOrThatOfItsCase() {
    String text = "- { id: a, due: 3, ladder: [{ id: r, when: { status: { in: [NEW] } }%s }] }";
    assertThat(cases(text.formatted("")).get(0).rungs().get(0).due()).hasValue(3);
    assertThat(cases(text.formatted(", due: 1")).get(0).rungs().get(0).due()).hasValue(1);
    assertThat(cases(text.formatted(", due: null")).get(0).rungs().get(0).due()).isEmpty();
    assertThat(cases(text.formatted(", due: ~")).get(0).rungs().get(0).due()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "- { on: { match: 'true' } } | id: expected a value, but it is missing; set it",
        "- { id: a } | ladder: is missing; set ladder, for conditions that hold over time, or on, for events that raise an alert",
        "- { id: a, ladder: [{ id: r, when: { status: { in: [NEW] } } }], on: { match: 'true' } } | on: cannot stand beside ladder; make two cases of them",
        "- { id: a, ladder: [] } | ladder: expected at least one rung, but there is none; add one",
        "- { id: a, ladder: 3 } | ladder: expected a list, but it is 3",
        "- { id: a, on: [x] } | on: expected keys and values, but it is [\"x\"]",
        "- { id: a, on: {} } | on.match: is missing; set it to an expression, such as \"event.family == 'support' && event.action == 'OPENED'\"",
        "- { id: a, on: { match: [x] } } | on.match: expected an expression as text; put it in quotes",
        "- { id: a, on: { match: 'true', count: 0 } } | on.count: expected 1 or more, but it is 0",
        "- { id: a, on: { match: 'true', count: 51 } } | on.count: expected 1 to 50, but it is 51",
        "- { id: a, on: { match: 'true', count: 2, within: PT0S } } | on.within: expected a duration longer than 0, but it is PT0S",
        "- { id: a, on: { match: 'true', within: P7D } } | on.within: does nothing while count is 1; set count, or leave within out",
        "- { id: a, on: { match: 'true' }, timeToLive: PT0S } | timeToLive: expected a duration longer than 0, but it is PT0S",
        "- { id: a, on: { match: 'true' }, due: 0 } | due: expected 1 or more, but it is 0",
        "- { id: a, on: { match: 'true' }, due: 1.5 } | due: expected a whole number, but it is 1.5",
        "- { id: a, on: { match: 'true' }, due: 9999 } | due: expected 1000 working days or fewer, but it is 9999",
        "- { id: a, on: { match: 'true' }, holdout: 1.1 } | holdout: expected a share from 0 to 1, such as 0.1 for a tenth, but it is 1.1",
        "- { id: a, on: { match: 'true' }, holdout: -0.1 } | holdout: expected a number of 0 or more, but it is -0.1",
        "- { id: a, on: { match: 'true' }, action: Call } | action: expected any of play, channel, offer, note, such as { note: Call }, but it is Call",
        "- { id: a, on: { match: 'true' }, action: { text: Call } } | action.text: unknown key; expected one of play, channel, offer, note",
        "- { id: a, on: { match: 'true' }, severity: URGENT } | severity: expected one of LOW, MEDIUM, HIGH, CRITICAL, but it is URGENT",
        "- { id: a, on: { match: 'true' }, severity: [LOW] } | severity: expected a severity such as HIGH, or { byValue: [2000, 10000, 50000] }",
        "- { id: a, on: { match: 'true' }, severity: { byValue: [1, 3, 2] } } | severity.byValue: expected three ascending amounts in minor units, from which on it is MEDIUM, HIGH and CRITICAL, but they are [1, 3, 2]",
        "- { id: a, on: { match: 'true' }, severity: { byValue: [1, 2] } } | severity.byValue: expected three ascending amounts in minor units, from which on it is MEDIUM, HIGH and CRITICAL, but they are [1, 2]",
        "- { id: a, on: { match: 'true' }, severity: { byValue: [1.5, 2, 3, 4] } } | severity.byValue: expected three ascending amounts in minor units, from which on it is MEDIUM, HIGH and CRITICAL, but they are [1.5, 2, 3, 4]",
        "- { id: a, on: { match: \"event.family == 'support' && event.action == 'REFUND'\" } } | on.match: no event can make this true; ask for a family, and for actions and fields that it has",
        "- { id: a, on: { match: 'true' }, endsWhen: 'event.rating > 3 && event.score > 3' } | endsWhen: no event can make this true; ask for a family, and for actions and fields that it has",
        "- { id: a, on: { match: 'true' }, due: 5, timeToLive: P3D } | due: is never reached (5 working days), because the alert expires after timeToLive (P3D); raise timeToLive or lower due",
        "- { id: a, on: { match: 'true' }, due: 1, timeToLive: P1D } | due: is never reached (1 working day), because the alert expires after timeToLive (P1D); raise timeToLive or lower due",
        "- { id: a, on: { match: 'true' }, escalateTo: lead } | escalateTo: does nothing, because no due is set; set due, or leave escalateTo out",
        "- { id: a, due: 1, escalateTo: lead, ladder: [{ id: r, when: { status: { in: [NEW] } }, due: null }] } | escalateTo: does nothing, because no due is set; set due, or leave escalateTo out",
        "- { id: a, on: { match: 'customer.pAlive < 0.5' } } | on.match: reads customer.pAlive, which needs the section model, but it is missing; let lifesign fit write it, or leave the field out",
      })
  void aFaultOfACaseSaysWhatToDo(String text, String fault) {
    assertThat(faults(text)).containsExactly("cases[0]." + fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "when: 3 | when: expected keys and values, but it is 3",
        "when: {} | when: expected a condition: one of status, segment, pAlive, activity, silence, renewal, anniversary",
        "when: { status: { in: [NEW] }, segment: { in: [Slipping] } } | when: expected one condition, but there are status and segment; keep one, and use filter, or another rung, for the other",
        "when: { status: {} } | when.status.in: is missing; set it, for example to [AT_RISK]",
        "when: { status: { in: [] } } | when.status.in: expected any of PROSPECT, NEW, ACTIVE, LOYAL, REACTIVATED, AT_RISK, DORMANT, CHURNED, but the list is empty",
        "when: { status: { in: AT_RISK } } | when.status.in: expected a list, but it is \"AT_RISK\"",
        "when: { status: { in: [LOST] } } | when.status.in: expected any of PROSPECT, NEW, ACTIVE, LOYAL, REACTIVATED, AT_RISK, DORMANT, CHURNED, but one is LOST",
        "when: { status: { in: [AT_RISK], reasons: [NONE] } } | when.status.reasons: expected any of SILENCE, PAYMENT_FAILED, CANCEL_SCHEDULED, SUBSCRIPTION_ENDED, UNUSED, MODEL, but one is NONE",
        "when: { status: { in: [AT_RISK, DORMANT], reasons: [MODEL] } } | when.status.reasons: the status DORMANT has none of these, only SILENCE",
        "when: { status: { in: [CHURNED], reasons: [SILENCE, UNUSED] } } | when.status.reasons: the reason UNUSED does not occur with CHURNED, only with AT_RISK",
        "when: { status: { in: [AT_RISK, LOYAL], reasons: [SILENCE] } } | when.status.reasons: the status LOYAL has no reason; put it on a rung without reasons",
        "when: { segment: { in: [] } } | when.segment.in: expected at least one segment, but there is none",
        "when: { pAlive: { below: 1 } } | when.pAlive.below: expected a probability between 0 and 1, but it is 1",
        "when: { pAlive: {} } | when.pAlive.below: is missing; set it, for example to 0.5",
        "when: { activity: { below: 0 } } | when.activity.below: expected a number above 0, but it is 0",
        "when: { activity: { below: 101 } } | when.activity.below: expected a score below 100, because no customer reaches 100, but it is 101",
        "when: { activity: { below: 100 } } | when.activity.below: expected a score below 100, because no customer reaches 100, but it is 100",
        "when: { activity: { below: 20, until: 100 } } | when.activity.until: expected a score below 100, because no customer reaches 100, but it is 100",
        "when: { activity: { below: 20, until: 10 } } | when.activity.until: 10 is less than cases[0].ladder[0].when.activity.below (20); the condition would end as it begins",
        "when: { silence: { for: P9D } } | when.silence.of: is missing; set it, for example to PURCHASE",
        "when: { silence: { of: LOGIN, for: P9D } } | when.silence.of: expected one of PURCHASE, TRANSACTION, ACTIVITY, USE, but it is LOGIN",
        "when: { silence: { of: USE } } | when.silence.for: is missing; set it, for example to P30D",
        "when: { renewal: { ahead: P1M } } | when.renewal.ahead: expected an ISO 8601 duration in days, hours, minutes or seconds, such as P30D or PT36H, but it is P1M",
        "when: { renewal: {} } | when.renewal.ahead: is missing; set it, for example to P30D",
        "when: { anniversary: { ahead: PT36H } } | when.anniversary.ahead: expected whole days, fewer than 365, but it is PT36H",
        "when: { anniversary: { ahead: P365D } } | when.anniversary.ahead: expected whole days, fewer than 365, but it is P365D",
        "dwell: PT15M | when: is missing; set a condition, such as { status: { in: [AT_RISK] } }",
        "when: { status: { in: [NEW] } }, dwell: -PT1S | dwell: expected a duration of 0 or more, but it is -PT1S",
        "when: { status: { in: [NEW] } }, dwell: PT1M, filter: \"event.family == 'support'\" | filter: reads event, but when dwell is over there is none; leave dwell or event out",
        "when: { silence: { of: USE, for: P9D } }, filter: \"!has(event.rating)\" | filter: reads event, but it is time that lets this condition begin, not an event; leave event out, or use on instead of ladder",
        "when: { status: { in: [NEW] } }, owner: crm | owner: unknown key; expected one of id, when, dwell, severity, filter, due, onPublish",
      })
  void aFaultOfARungSaysWhatToDo(String rung, String fault) {
    assertThat(faults(MODEL, "- { id: a, ladder: [{ id: r, " + rung + " }] }"))
        .containsExactly("cases[0].ladder[0]." + fault);
  }

  @Test
  void aTimeLimitThatIsNeverReachedIsNamedWhereItIsSet() {
    String text =
        "- { id: a%s, timeToLive: P5D, ladder: [{ id: r, when: { status: { in: [NEW] } }%s }] }";
    String fault =
        ": is never reached (5 working days), because the alert expires after timeToLive (P5D); raise timeToLive or lower due";
    assertThat(faults(text.formatted("", ", due: 5")))
        .containsExactly("cases[0].ladder[0].due" + fault);
    assertThat(faults(text.formatted(", due: 5", ""))).containsExactly("cases[0].due" + fault);
    assertThat(faults(text.formatted(", due: 4", ", due: null"))).isEmpty();
  }

  @Test
  void aProbabilityNeedsAModel() {
    assertThat(faults("- { id: a, ladder: [{ id: r, when: { pAlive: { below: 0.5 } } }] }"))
        .containsExactly(
            "cases[0].ladder[0].when.pAlive.below: needs the section model, but it is missing; let lifesign fit write it, or use silence instead of pAlive");
  }

  @Test
  void whatOnlyEventCasesHaveIsRefusedBesideALadder() {
    assertThat(
            faults(
                "- { id: a, severity: HIGH, endsWhen: 'true', ladder: [{ id: r, when: { status: { in: [NEW] } } }] }"))
        .containsExactly(
            "cases[0].endsWhen: is for cases with on; with a ladder, an alert ends when none of its rungs holds; leave it out",
            "cases[0].severity: is for cases with on; with a ladder, set it on each rung");
  }

  @Test
  void idsAreUniqueInThePolicyAndInTheLadder() {
    assertThat(
            faults(
                """
                - { id: a, ladder: [{ id: r, when: { status: { in: [NEW] } } }, { id: r, when: { status: { in: [NEW] } } }] }
                - { id: a, ladder: [{ id: r, when: { status: { in: [NEW] } } }] }
                """))
        .containsExactly(
            "cases[0].ladder[1].id: expected a unique id, but r is used twice; rename one",
            "cases[1].id: expected a unique id, but a is used twice; rename one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a/b", "_a", ".a", "-a", "نام", "a\u200E"})
  void anIdIsPlain(String id) {
    String expected =
        "id: expected at most 64 letters (a to z), digits, dots, hyphens and underscores, beginning with a letter or a digit, but it is "
            + id;
    assertThat(
            faults(
                "- { id: \"%1$s\", ladder: [{ id: \"%1$s\", when: { status: { in: [NEW] } } }] }"
                    .formatted(id)))
        .containsExactly("cases[0]." + expected, "cases[0].ladder[0]." + expected);
  }

  @Test
  void anIdHasAtMost64Characters() {
    assertThat(cases("- { id: %s, on: { match: 'true' } }".formatted("a".repeat(64)))).hasSize(1);
    assertThat(faults("- { id: %s, on: { match: 'true' } }".formatted("a".repeat(65))))
        .singleElement()
        .asString()
        .endsWith("but it is " + "a".repeat(64) + "…");
  }

  @Test
  void aPolicyHasAtMost100CasesAndALadder20Rungs() {
    String hundred = list("- { id: c%d, on: { match: 'true' } }\n", 100);
    assertThat(cases(hundred)).hasSize(100);
    assertThat(faults(hundred + "- { id: more, on: { match: 'true' } }"))
        .containsExactly(
            "cases: expected 100 cases or fewer, but there are 101; join some of them, as rungs or by their expressions");
    String twenty =
        "- id: a\n  ladder:\n" + list("  - { id: r%d, when: { status: { in: [NEW] } } }\n", 20);
    assertThat(cases(twenty).get(0).rungs()).hasSize(20);
    assertThat(faults(twenty + "  - { id: more, when: { status: { in: [NEW] } } }"))
        .containsExactly(
            "cases[0].ladder: expected 20 rungs or fewer, but there are 21; join some of them");
  }

  @Test
  void aFilterMayReadTheEventWhereAnEventLetsTheRungFire() {
    assertThat(rung("filter: \"event.family == 'support'\"").filter()).isPresent();
  }

  @Test
  void escalateToTakesOverOnlyIfSomeRungHasADue() {
    assertThat(
            cases(
                    "- { id: a, escalateTo: lead, ladder: [{ id: r, when: { status: { in: [NEW] } }, due: 1 }] }")
                .get(0)
                .escalateTo())
        .isEqualTo("lead");
  }

  @Test
  void aFaultOfAnExpressionNamesItsPathAndItsLineAndColumn() {
    assertThat(
            faults(
                """
                - { id: a, on: { match: "event.famly == 'support'" }, endsWhen: "" }
                - id: b
                  on:
                    match: |
                      event.family == 'support'
                        && event.scor > 3
                - { id: c, ladder: [{ id: r, when: { status: { in: [NEW] } }, filter: "customer.orders" }] }
                - { id: d, ladder: [{ id: r, when: { status: { in: [NEW] } }, filter: "alert.subject == 'x'" }] }
                """))
        .containsExactlyInAnyOrder(
            "cases[0].on.match: line 1, column 7: event has no field famly; did you mean family?",
            "cases[0].endsWhen: line 1, column 1: The expression is empty; write a condition such as customer.orders > 3",
            "cases[1].on.match: line 2, column 12: event has no field scor; did you mean score?",
            "cases[2].ladder[0].filter: line 1, column 9: The expression gives a whole number, but must give true or false; compare it with something",
            "cases[3].ladder[0].filter: line 1, column 1: alert can only be read in endsWhen; here, read customer or event");
  }

  @Test
  void anExpressionThatYamlTakesForATruthValueIsOne() {
    assertThat(
            cases("- { id: a, on: { match: true } }").get(0).trigger().orElseThrow().match().text())
        .isEqualTo("true");
  }

  @Test
  void allFaultsAreReportedAtOnce() {
    assertThat(
            faults(
                """
                - { id: a, holdout: 2, ladder: [{ id: r, when: { status: { in: [OLD] } }, dwell: soon }] }
                - { on: { count: x }, filter: "true" }
                """))
        .extracting(fault -> fault.substring(0, fault.indexOf(": ")))
        .containsExactlyInAnyOrder(
            "cases[0].holdout",
            "cases[0].ladder[0].when.status.in",
            "cases[0].ladder[0].dwell",
            "cases[1].id",
            "cases[1].on.match",
            "cases[1].on.count",
            "cases[1].filter");
  }

  private static Condition when(String condition) {
    return rung("when: { " + condition + " }").when();
  }

  private static Rung rung(String keys) {
    String condition = keys.startsWith("when") ? "" : "when: { status: { in: [NEW] } }, ";
    return cases(MODEL, "- { id: a, ladder: [{ id: r, " + condition + keys + " }] }")
        .get(0)
        .rungs()
        .get(0);
  }

  private static List<Case> cases(String list) {
    return cases("", list);
  }

  private static List<Case> cases(String before, String list) {
    PolicyReading reading = reading(before, list);
    assertThat(reading.faults()).isEmpty();
    return reading.policy().orElseThrow().cases();
  }

  private static List<String> faults(String list) {
    return faults("", list);
  }

  private static List<String> faults(String before, String list) {
    return reading(before, list).faults().stream().map(Fault::toString).toList();
  }

  private static PolicyReading reading(String before, String list) {
    return PolicyReader.read("version: 1\n" + before + "cases:\n" + list);
  }

  private static String list(String element, int times) {
    return IntStream.range(0, times)
        .mapToObj(i -> element.formatted(i))
        .collect(Collectors.joining());
  }

  private static long days(int days) {
    return Duration.ofDays(days).toMillis();
  }
}
