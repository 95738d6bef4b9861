package dev.lifesign.domain.alert;

import static dev.lifesign.domain.history.Happening.complaint;
import static dev.lifesign.domain.history.Happening.purchase;
import static dev.lifesign.domain.history.Story.snooze;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.history.Story;
import org.junit.jupiter.api.Test;

/** Step 4 of a judgement (semantics, Alerts): EXPIRED, WOKEN and OVERDUE. */
class OwnInstantsStoriesTest {

  private static Story silence(String more) {
    return Story.of(
            """
            - id: a
              owner: retention
            %s
              ladder: [{ id: low, when: { silence: { of: PURCHASE, for: P10D } } }]
            """
                .formatted(more.indent(2).stripTrailing()))
        .happens("2024-01-01", purchase(1));
  }

  @Test
  void expiredWhenTheTimeToLiveIsOver() {
    Story story = silence("timeToLive: P3D").until("2024-03-01");
    assertThat(story.facts("ended"))
        .containsExactly(
            "2024-01-11 RAISED #1 low MEDIUM OPEN retention notify ended=",
            "2024-01-14 EXPIRED #1 low MEDIUM RESOLVED retention ended=2024-01-14");
  }

  @Test
  void anAlertExpiresAfterSixtyDaysByDefault() {
    Story story = silence("").until("2024-04-01");
    assertThat(story.facts())
        .last()
        .isEqualTo("2024-03-11 EXPIRED #1 low MEDIUM RESOLVED retention");
  }

  @Test
  void expiredComesBeforeOverdueAtTheSameInstant() {
    Story story = silence("due: 2\ntimeToLive: P4D").until("2024-01-20");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-11 RAISED #1 low MEDIUM OPEN retention notify",
            "2024-01-15 EXPIRED #1 low MEDIUM RESOLVED retention");
  }

  @Test
  void wokenWhenASnoozeIsOverWithDueAndExpiryAnew() {
    Story story =
        silence("due: 2\ntimeToLive: P20D")
            .asks("2024-01-12", snooze("2024-01-30"))
            .until("2024-01-30");
    assertThat(story.facts("due", "expires", "snoozed"))
        .containsExactly(
            "2024-01-11 RAISED #1 low MEDIUM OPEN retention notify due=2024-01-15 expires=2024-01-31 snoozed=",
            "2024-01-12 SNOOZED #1 low MEDIUM SNOOZED retention due=2024-01-15 expires=2024-01-31 snoozed=2024-01-30",
            "2024-01-30 WOKEN #1 low MEDIUM OPEN retention notify due=2024-02-01 expires=2024-02-19 snoozed=");
  }

  @Test
  void aSnoozedAlertNeitherExpiresNorBecomesOverdue() {
    Story story =
        silence("due: 2\ntimeToLive: P20D")
            .asks("2024-01-12", snooze("2024-02-13"))
            .until("2024-02-12T23:59");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-11 RAISED #1 low MEDIUM OPEN retention notify",
            "2024-01-12 SNOOZED #1 low MEDIUM SNOOZED retention");
  }

  @Test
  void aSnoozedAlertEndsAsAnOpenOneDoes() {
    Story story =
        silence("")
            .asks("2024-01-12", snooze("2024-02-13"))
            .happens("2024-01-20", purchase(1))
            .until("2024-01-29");
    assertThat(story.facts("snoozed"))
        .last()
        .isEqualTo("2024-01-20 CLEARED by EVENT #1 low MEDIUM RESOLVED retention snoozed=");
  }

  @Test
  void anAcknowledgedAlertNeitherExpiresNorBecomesOverdue() {
    Story story =
        silence("due: 2\ntimeToLive: P20D")
            .asks("2024-01-12", new Command.Acknowledge())
            .until("2024-12-31");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-11 RAISED #1 low MEDIUM OPEN retention notify",
            "2024-01-12 ACKNOWLEDGED #1 low MEDIUM ACKNOWLEDGED retention");
  }

  @Test
  void overdueOncePerDueAndTheOwnerBecomesEscalateTo() {
    Story story = silence("due: 2\nescalateTo: lead").until("2024-03-01");
    assertThat(story.facts("overdue"))
        .containsExactly(
            "2024-01-11 RAISED #1 low MEDIUM OPEN retention notify overdue=false",
            "2024-01-15 OVERDUE #1 low MEDIUM OPEN lead notify overdue=true");
  }

  @Test
  void overdueLeavesTheOwnerWhereEscalateToIsNotSet() {
    Story story = silence("due: 2").until("2024-03-01");
    assertThat(story.facts())
        .last()
        .isEqualTo("2024-01-15 OVERDUE #1 low MEDIUM OPEN retention notify");
  }

  @Test
  void overdueTakesTheAlertFromAnOwnerSetByAssign() {
    Story story =
        silence("due: 2\nescalateTo: lead")
            .asks("2024-01-12", new Command.Assign("bob"))
            .until("2024-03-01");
    assertThat(story.facts()).last().isEqualTo("2024-01-15 OVERDUE #1 low MEDIUM OPEN lead notify");
  }

  @Test
  void overdueAgainOnceDueIsSetAnew() {
    Story story =
        silence("due: 2\nescalateTo: lead")
            .until("2024-01-16")
            .asks("2024-01-16", snooze("2024-01-21"))
            .until("2024-02-01");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-11 RAISED #1 low MEDIUM OPEN retention notify",
            "2024-01-15 OVERDUE #1 low MEDIUM OPEN lead notify",
            "2024-01-16 SNOOZED #1 low MEDIUM SNOOZED lead",
            "2024-01-21 WOKEN #1 low MEDIUM OPEN lead notify",
            "2024-01-23 OVERDUE #1 low MEDIUM OPEN lead notify");
  }

  @Test
  void theInstantsOfAnEventCasesAlertComeAsAnyOthers() {
    Story story =
        Story.of(
                """
                - id: a
                  owner: care
                  escalateTo: lead
                  due: 1
                  timeToLive: P5D
                  on: { match: "event.family == 'support'" }
                """)
            .happens("2024-01-02", complaint("t1"))
            .until("2024-02-01");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-02 RAISED #1 MEDIUM OPEN care notify",
            "2024-01-03 OVERDUE #1 MEDIUM OPEN lead notify",
            "2024-01-07 EXPIRED #1 MEDIUM RESOLVED lead");
  }

  @Test
  void escalatedComesBeforeTheInstantsOfTheAlertAndSetsThemAnew() {
    Story story =
        Story.of(
                """
                - id: a
                  timeToLive: P4D
                  ladder:
                    - { id: low, when: { silence: { of: PURCHASE, for: P7D } }, due: 2 }
                    - { id: mid, when: { silence: { of: PURCHASE, for: P11D } } }
                """)
            .happens("2024-01-04", purchase(1))
            .until("2024-01-18");
    assertThat(story.facts("expires"))
        .containsExactly(
            "2024-01-11 RAISED #1 low MEDIUM OPEN notify expires=2024-01-15",
            "2024-01-15 ESCALATED #1 mid MEDIUM OPEN notify expires=2024-01-19");
  }

  @Test
  void ownInstantsComeAfterEased() {
    Story story =
        Story.of(
                """
                - id: a
                  timeToLive: P20D
                  ladder:
                    - { id: low, when: { silence: { of: PURCHASE, for: P5D } }, severity: LOW }
                    - { id: mid, when: { status: { in: [AT_RISK] } } }
                """)
            .happens("2024-01-01", purchase(1))
            .until("2024-01-31");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-06 RAISED #1 low LOW OPEN notify",
            "2024-01-11 ESCALATED #1 mid MEDIUM OPEN notify",
            "2024-01-31 EASED #1 low LOW OPEN",
            "2024-01-31 EXPIRED #1 low LOW RESOLVED");
  }
}
