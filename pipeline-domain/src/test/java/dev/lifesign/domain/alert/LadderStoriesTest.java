package dev.lifesign.domain.alert;

import static dev.lifesign.domain.history.Happening.purchase;
import static dev.lifesign.domain.history.Story.snooze;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.history.Story;
import org.junit.jupiter.api.Test;

/** Step 3 of a judgement (semantics, Alerts): ESCALATED, EASED and CLEARED. */
class LadderStoriesTest {

  private static final String SILENCE =
      """
      - id: a
        owner: retention
        escalateTo: lead
        due: 2
        ladder:
          - { id: low, when: { status: { in: [AT_RISK] } }, severity: LOW }
          - { id: mid, when: { status: { in: [DORMANT] } }, severity: HIGH, due: 5 }
          - { id: top, when: { status: { in: [CHURNED] } }, severity: CRITICAL, due: null }
      """;

  @Test
  void aCustomerWhoGoesFromAtRiskToChurnedIsOneAlertThatGotWorse() {
    Story story =
        Story.of(SILENCE.replace("  due: 2\n", ""))
            .happens("2024-01-01", purchase(1))
            .until("2024-03-02");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-11 RAISED #1 low LOW OPEN retention notify",
            "2024-01-31 ESCALATED #1 mid HIGH OPEN retention notify",
            "2024-02-07 OVERDUE #1 mid HIGH OPEN lead notify",
            "2024-03-01 ESCALATED #1 top CRITICAL OPEN lead notify");
  }

  @Test
  void escalatedSetsDueAndTimeToLiveAnewAndOpensAgain() {
    Story story =
        Story.of(SILENCE)
            .happens("2024-01-01", purchase(1))
            .asks("2024-01-12", new Command.Acknowledge())
            .until("2024-02-01");
    assertThat(story.facts("due", "expires"))
        .containsExactly(
            "2024-01-11 RAISED #1 low LOW OPEN retention notify due=2024-01-15 expires=2024-03-11",
            "2024-01-12 ACKNOWLEDGED #1 low LOW ACKNOWLEDGED retention due=2024-01-15 expires=2024-03-11",
            "2024-01-31 ESCALATED #1 mid HIGH OPEN retention notify due=2024-02-07 expires=2024-03-31");
  }

  @Test
  void escalatedWakesASnoozedAlert() {
    Story story =
        Story.of(SILENCE)
            .happens("2024-01-01", purchase(1))
            .asks("2024-01-12", snooze("2024-02-06"))
            .until("2024-02-06");
    assertThat(story.facts("snoozed"))
        .containsExactly(
            "2024-01-11 RAISED #1 low LOW OPEN retention notify snoozed=",
            "2024-01-12 SNOOZED #1 low LOW SNOOZED retention snoozed=2024-02-06",
            "2024-01-31 ESCALATED #1 mid HIGH OPEN retention notify snoozed=");
  }

  @Test
  void escalatedSetsTheOwnerOfTheCaseInForce() {
    Story story =
        Story.of(SILENCE)
            .then("2024-01-12", SILENCE.replace("owner: retention", "owner: sales"))
            .happens("2024-01-01", purchase(1))
            .asks("2024-01-13", new Command.Acknowledge())
            .until("2024-02-01");
    assertThat(story.facts())
        .last()
        .isEqualTo("2024-01-31 ESCALATED #1 mid HIGH OPEN sales notify");
  }

  @Test
  void escalatedKeepsAnOwnerSetByAssign() {
    Story story =
        Story.of(SILENCE)
            .happens("2024-01-01", purchase(1))
            .asks("2024-01-12", new Command.Assign("bob"))
            .asks("2024-01-12", new Command.Acknowledge())
            .until("2024-02-01");
    assertThat(story.facts()).last().isEqualTo("2024-01-31 ESCALATED #1 mid HIGH OPEN bob notify");
  }

  @Test
  void escalatedKeepsAnOwnerSetByOverdue() {
    Story story = Story.of(SILENCE).happens("2024-01-01", purchase(1)).until("2024-02-01");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-11 RAISED #1 low LOW OPEN retention notify",
            "2024-01-15 OVERDUE #1 low LOW OPEN lead notify",
            "2024-01-31 ESCALATED #1 mid HIGH OPEN lead notify");
  }

  @Test
  void easedSetsTheSeverityAnewAndLeavesTheRest() {
    Story story =
        Story.of(
                """
                - id: a
                  owner: retention
                  due: 30
                  ladder:
                    - { id: low, when: { silence: { of: PURCHASE, for: P5D } }, severity: LOW, due: 3 }
                    - { id: mid, when: { status: { in: [AT_RISK] } }, severity: HIGH }
                """)
            .happens("2024-01-01", purchase(1))
            .until("2024-01-10")
            .asks("2024-01-10", new Command.Assign("bob"))
            .until("2024-01-11")
            .asks("2024-01-11", new Command.Acknowledge())
            .until("2024-02-01");
    assertThat(story.facts("due", "expires"))
        .containsExactly(
            "2024-01-06 RAISED #1 low LOW OPEN retention notify due=2024-01-10 expires=2024-03-06",
            "2024-01-10 OVERDUE #1 low LOW OPEN retention notify due=2024-01-10 expires=2024-03-06",
            "2024-01-10 ASSIGNED #1 low LOW OPEN bob due=2024-01-10 expires=2024-03-06",
            "2024-01-11 ESCALATED #1 mid HIGH OPEN bob notify due=2024-02-22 expires=2024-03-11",
            "2024-01-11 ACKNOWLEDGED #1 mid HIGH ACKNOWLEDGED bob due=2024-02-22 expires=2024-03-11",
            "2024-01-31 EASED #1 low LOW ACKNOWLEDGED bob due=2024-02-22 expires=2024-03-11");
  }

  @Test
  void anAlertIsNotEasedToARungThatHasNotFired() {
    Story story =
        Story.of(
                """
                - id: a
                  ladder:
                    - { id: low, when: { silence: { of: PURCHASE, for: P5D } }, dwell: P60D }
                    - { id: mid, when: { status: { in: [AT_RISK] } } }
                """)
            .happens("2024-01-01", purchase(1))
            .until("2024-02-20");
    assertThat(story.facts()).containsExactly("2024-01-11 RAISED #1 mid MEDIUM OPEN notify");
  }

  @Test
  void anAlertIsEasedWhenTheLowerRungFiresAfterItsOwnHasEnded() {
    Story story =
        Story.of(
                """
                - id: a
                  ladder:
                    - { id: low, when: { silence: { of: PURCHASE, for: P5D } }, dwell: P30D }
                    - { id: mid, when: { status: { in: [AT_RISK] } } }
                """)
            .happens("2024-01-01", purchase(1))
            .until("2024-02-20");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-11 RAISED #1 mid MEDIUM OPEN notify", "2024-02-05 EASED #1 low MEDIUM OPEN");
  }

  @Test
  void anAlertIsNotEasedToARungThatItsFilterStopped() {
    Story story =
        Story.of(
                """
                - id: a
                  ladder:
                    - { id: low, when: { silence: { of: PURCHASE, for: P5D } }, filter: 'false' }
                    - { id: mid, when: { status: { in: [AT_RISK] } } }
                """)
            .happens("2024-01-01", purchase(1))
            .until("2024-02-20");
    assertThat(story.facts()).containsExactly("2024-01-11 RAISED #1 mid MEDIUM OPEN notify");
  }

  @Test
  void anAlertCanBeEasedToARungThatHadBegunAlready() {
    String low =
        """
        - id: a
          ladder:
            - { id: low, when: { silence: { of: PURCHASE, for: P5D } }, severity: LOW }
        """;
    Story story =
        Story.of(low.replace("P5D", "P500D"))
            .then("2024-01-08", low + "    - { id: mid, when: { status: { in: [AT_RISK] } } }\n")
            .happens("2024-01-01", purchase(1))
            .until("2024-02-20");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-11 RAISED #1 mid MEDIUM OPEN notify", "2024-01-31 EASED #1 low LOW OPEN");
  }

  @Test
  void clearedByEventWhereAnEventEndsTheLastRung() {
    Story story =
        Story.of(SILENCE)
            .happens("2024-01-01", purchase(1))
            .happens("2024-01-12", purchase(1))
            .until("2024-01-13");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-11 RAISED #1 low LOW OPEN retention notify",
            "2024-01-12 CLEARED by EVENT #1 low LOW RESOLVED retention");
  }

  @Test
  void clearedByTimeWhereTimeDoes() {
    Story story =
        Story.of("- { id: a, ladder: [{ id: low, when: { status: { in: [NEW] } } }] }")
            .happens("2024-01-01", purchase(1))
            .until("2024-01-13");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-01 RAISED #1 low MEDIUM OPEN notify",
            "2024-01-06 CLEARED by TIME #1 low MEDIUM RESOLVED");
  }

  @Test
  void clearedByCorrectionWhereALateEventOccurredBeforeTheAlertWasRaised() {
    Story story =
        Story.of(SILENCE)
            .happens("2024-01-01", purchase(1))
            .until("2024-01-12")
            .arrives("2024-01-12", "2024-01-10T23:59", purchase(1));
    assertThat(story.facts("late"))
        .containsExactly(
            "2024-01-11 RAISED #1 low LOW OPEN retention notify late=false",
            "2024-01-12 CLEARED by CORRECTION #1 low LOW RESOLVED retention late=true");
  }

  @Test
  void aLateEventThatOccurredWhenTheAlertWasRaisedClearsItByEvent() {
    Story story =
        Story.of(SILENCE)
            .happens("2024-01-01", purchase(1))
            .until("2024-01-12")
            .arrives("2024-01-13", "2024-01-11", purchase(1));
    assertThat(story.facts("late"))
        .last()
        .isEqualTo("2024-01-13 CLEARED by EVENT #1 low LOW RESOLVED retention late=true");
  }

  @Test
  void clearedByPolicyWhereANewPolicyEndsTheLastRung() {
    Story story =
        Story.of(SILENCE)
            .then("2024-01-12", SILENCE.replace("[AT_RISK]", "[LOYAL]"))
            .happens("2024-01-01", purchase(1))
            .until("2024-01-13");
    assertThat(story.facts("policy"))
        .containsExactly(
            "2024-01-11 RAISED #1 low LOW OPEN retention notify policy=1",
            "2024-01-12 CLEARED by POLICY #1 low LOW RESOLVED retention policy=2");
  }

  @Test
  void anAlertIsNotClearedWhileALowerRungHoldsThatHasNotFired() {
    Story story =
        Story.of(
                """
                - id: a
                  ladder:
                    - { id: low, when: { silence: { of: PURCHASE, for: P5D } }, dwell: P60D }
                    - { id: mid, when: { status: { in: [AT_RISK] } } }
                """)
            .happens("2024-01-01", purchase(1))
            .until("2024-02-20")
            .happens("2024-02-20", purchase(1));
    assertThat(story.facts())
        .containsExactly(
            "2024-01-11 RAISED #1 mid MEDIUM OPEN notify",
            "2024-02-20 CLEARED by EVENT #1 mid MEDIUM RESOLVED");
  }
}
