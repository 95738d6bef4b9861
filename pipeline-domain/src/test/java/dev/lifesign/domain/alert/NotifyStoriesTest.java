package dev.lifesign.domain.alert;

import static dev.lifesign.domain.history.Happening.purchase;
import static dev.lifesign.domain.history.Story.snooze;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.history.Story;
import org.junit.jupiter.api.Test;

/** Whether people should be told again (semantics, Alerts). */
class NotifyStoriesTest {

  private static Story silence() {
    return Story.of(
            """
            - id: a
              cooldown: P10D
              due: 1
              ladder:
                - { id: low, when: { silence: { of: PURCHASE, for: P5D } } }
                - { id: top, when: { silence: { of: PURCHASE, for: P7D } } }
            """)
        .happens("2024-01-01", purchase(1));
  }

  @Test
  void raisedWithinTheCooldownOfANotifiedFactOnTheSameRungTellsNobody() {
    Story story = silence().happens("2024-01-07", purchase(1)).until("2024-01-12");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-06 RAISED #1 low MEDIUM OPEN notify",
            "2024-01-07 CLEARED by EVENT #1 low MEDIUM RESOLVED",
            "2024-01-12 RAISED #2 low MEDIUM OPEN");
  }

  @Test
  void raisedWhenTheCooldownIsOverTellsPeopleAgain() {
    Story story = silence().happens("2024-01-07", purchase(1)).happens("2024-01-11", purchase(1));
    assertThat(story.until("2024-01-16").facts())
        .last()
        .isEqualTo("2024-01-16 RAISED #2 low MEDIUM OPEN notify");
  }

  @Test
  void escalatedToAHigherRungThanPeopleWereToldTellsThem() {
    Story story = silence().until("2024-01-08");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-06 RAISED #1 low MEDIUM OPEN notify",
            "2024-01-08 ESCALATED #1 top MEDIUM OPEN notify");
  }

  @Test
  void escalatedToARungThatPeopleWereToldWithinTheCooldownTellsNobody() {
    Story story = silence().until("2024-01-08").happens("2024-01-08T01:00", purchase(1));
    assertThat(story.until("2024-01-15T01:00").facts().subList(3, 5))
        .containsExactly(
            "2024-01-13T01:00 RAISED #2 low MEDIUM OPEN",
            "2024-01-15T01:00 ESCALATED #2 top MEDIUM OPEN");
  }

  @Test
  void overdueAndWokenAlwaysTellPeople() {
    Story story =
        silence().until("2024-01-06").asks("2024-01-06", snooze("2024-01-07")).until("2024-01-07");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-06 RAISED #1 low MEDIUM OPEN notify",
            "2024-01-06 SNOOZED #1 low MEDIUM SNOOZED",
            "2024-01-07 WOKEN #1 low MEDIUM OPEN notify");
  }

  @Test
  void overdueIsANotifiedFactOnTheRungOfItsAlert() {
    Story story =
        silence()
            .happens("2024-01-05", purchase(1))
            .until("2024-01-10")
            .asks("2024-01-10", new Command.Note("called"))
            .until("2024-01-11")
            .happens("2024-01-11T01:00", purchase(1))
            .happens("2024-01-15T23:00", purchase(1))
            .until("2024-01-20T23:00");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-10 RAISED #1 low MEDIUM OPEN notify",
            "2024-01-10 NOTED #1 low MEDIUM OPEN",
            "2024-01-11 OVERDUE #1 low MEDIUM OPEN notify",
            "2024-01-11T01:00 CLEARED by EVENT #1 low MEDIUM RESOLVED",
            "2024-01-20T23:00 RAISED #2 low MEDIUM OPEN");
  }
}
