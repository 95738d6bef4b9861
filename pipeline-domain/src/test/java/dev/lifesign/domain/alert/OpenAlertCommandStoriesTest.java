package dev.lifesign.domain.alert;

import static dev.lifesign.domain.history.Happening.purchase;
import static dev.lifesign.domain.history.Story.snooze;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.customer.AlertState.Outcome;
import dev.lifesign.domain.history.Story;
import java.util.List;
import org.junit.jupiter.api.Test;

/** ACKNOWLEDGE, ASSIGN and SNOOZE (semantics, Commands): for open alerts. */
class OpenAlertCommandStoriesTest {

  private static Story raised() {
    return Story.of(
            """
            - id: a
              owner: retention
              due: 2
              ladder: [{ id: low, when: { silence: { of: PURCHASE, for: P10D } } }]
            """)
        .happens("2024-01-01", purchase(1))
        .until("2024-01-12");
  }

  private static List<String> since(Story story, String... more) {
    List<String> facts = story.facts(more);
    return facts.subList(1, facts.size());
  }

  @Test
  void acknowledgeAnOpenAlert() {
    Story story = raised().asks("2024-01-12", new Command.Acknowledge());
    assertThat(since(story, "by", "version"))
        .containsExactly(
            "2024-01-12 ACKNOWLEDGED #1 low MEDIUM ACKNOWLEDGED retention by=ann version=2");
    assertThat(story.answers()).containsExactly("ok 2");
  }

  @Test
  void acknowledgeAnAcknowledgedAlertIsAcceptedWithoutAFact() {
    Story story =
        raised()
            .asks("2024-01-12", new Command.Acknowledge())
            .asks("2024-01-13", new Command.Acknowledge());
    assertThat(since(story)).hasSize(1);
    assertThat(story.answers()).containsExactly("ok 2", "ok 2");
  }

  @Test
  void acknowledgeASnoozedAlertEndsTheSnooze() {
    Story story =
        raised()
            .asks("2024-01-12", snooze("2024-01-20"))
            .asks("2024-01-13", new Command.Acknowledge())
            .until("2024-03-30");
    assertThat(since(story, "snoozed"))
        .containsExactly(
            "2024-01-12 SNOOZED #1 low MEDIUM SNOOZED retention snoozed=2024-01-20",
            "2024-01-13 ACKNOWLEDGED #1 low MEDIUM ACKNOWLEDGED retention snoozed=");
  }

  @Test
  void assignAnOpenAlertToAnOwner() {
    Story story = raised().asks("2024-01-12", new Command.Assign("bob"));
    assertThat(since(story)).containsExactly("2024-01-12 ASSIGNED #1 low MEDIUM OPEN bob");
    assertThat(story.answers()).containsExactly("ok 2");
  }

  @Test
  void assignLeavesTheStateAsItIs() {
    Story story =
        raised()
            .asks("2024-01-12", snooze("2024-01-20"))
            .asks("2024-01-13", new Command.Assign("bob"));
    assertThat(since(story)).last().isEqualTo("2024-01-13 ASSIGNED #1 low MEDIUM SNOOZED bob");
  }

  @Test
  void assignToThePresentOwnerIsAcceptedWithoutAFact() {
    Story story = raised().asks("2024-01-12", new Command.Assign("retention"));
    assertThat(since(story)).isEmpty();
    assertThat(story.answers()).containsExactly("ok 1");
  }

  @Test
  void assignToNobodyIsRefused() {
    Story story = raised().asks("2024-01-12", new Command.Assign(""));
    assertThat(since(story)).isEmpty();
    assertThat(story.answers()).containsExactly("INCOMPLETE 1");
  }

  @Test
  void snoozeAnOpenAlert() {
    Story story = raised().asks("2024-01-12", snooze("2024-01-13"));
    assertThat(since(story, "snoozed"))
        .containsExactly("2024-01-12 SNOOZED #1 low MEDIUM SNOOZED retention snoozed=2024-01-13");
  }

  @Test
  void eachSnoozeIsAChange() {
    Story story =
        raised()
            .asks("2024-01-12", snooze("2024-01-20"))
            .asks("2024-01-12", snooze("2024-01-20"))
            .asks("2024-01-12", snooze("2024-01-15"))
            .until("2024-01-15");
    assertThat(since(story, "version", "changed"))
        .containsExactly(
            "2024-01-12 SNOOZED #1 low MEDIUM SNOOZED retention version=2 changed=2",
            "2024-01-12 SNOOZED #1 low MEDIUM SNOOZED retention version=3 changed=3",
            "2024-01-12 SNOOZED #1 low MEDIUM SNOOZED retention version=4 changed=4",
            "2024-01-15 WOKEN #1 low MEDIUM OPEN retention notify version=5 changed=5");
  }

  @Test
  void snoozeUntilTheCommandsArrivalIsRefused() {
    Story story = raised().asks("2024-01-12", snooze("2024-01-12"));
    assertThat(since(story)).isEmpty();
    assertThat(story.answers()).containsExactly("BAD_UNTIL 1");
  }

  @Test
  void snoozeIsPossibleForNinetyDaysAndNoLonger() {
    Story story =
        raised()
            .asks("2024-01-12", snooze("2024-04-11T00:00:00.001"))
            .asks("2024-01-12", snooze("2024-04-11"));
    assertThat(story.answers()).containsExactly("BAD_UNTIL 1", "ok 2");
  }

  @Test
  void acknowledgeAssignAndSnoozeAreRefusedOnceTheAlertHasEnded() {
    Story story =
        raised()
            .asks("2024-01-12", new Command.Resolve(Outcome.LOST))
            .asks("2024-01-13", new Command.Acknowledge())
            .asks("2024-01-13", new Command.Assign("bob"))
            .asks("2024-01-13", snooze("2024-01-20"));
    assertThat(since(story)).containsExactly("2024-01-12 HANDLED #1 low MEDIUM RESOLVED retention");
    assertThat(story.answers()).containsExactly("ok 2", "NOT_OPEN 2", "NOT_OPEN 2", "NOT_OPEN 2");
  }
}
