package dev.lifesign.domain.alert;

import static dev.lifesign.domain.history.Happening.purchase;
import static dev.lifesign.domain.history.Story.onAlert;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.history.Story;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/**
 * Versions seen, repeated and impossible commands, and their place in time (semantics, Commands).
 */
class CommandAnswerStoriesTest {

  private static final Command.Step ACKNOWLEDGE = new Command.Acknowledge();
  private static final Command.Step BOB = new Command.Assign("bob");

  private static Story silence() {
    return Story.of(
            """
            - id: a
              owner: retention
              due: 2
              ladder: [{ id: low, when: { silence: { of: PURCHASE, for: P10D } } }]
            """)
        .happens("2024-01-01", purchase(1));
  }

  private static Command.Order note(int number) {
    return onAlert(number, OptionalInt.empty(), new Command.Note("called"));
  }

  @Test
  void aVersionBelowThatOfTheLastChangeIsStale() {
    Story story =
        silence()
            .asksHavingSeen(1, "2024-01-12", BOB)
            .asksHavingSeen(1, "2024-01-12", ACKNOWLEDGE)
            .asksHavingSeen(2, "2024-01-12", ACKNOWLEDGE);
    assertThat(story.answers()).containsExactly("ok 2", "STALE 2", "ok 3");
  }

  @Test
  void notesAndOverdueMakeNoVersionStale() {
    Story story =
        silence()
            .asks("2024-01-12", new Command.Note("called"))
            .until("2024-01-16")
            .asksHavingSeen(1, "2024-01-16", ACKNOWLEDGE);
    assertThat(story.facts("version", "changed"))
        .containsExactly(
            "2024-01-11 RAISED #1 low MEDIUM OPEN retention notify version=1 changed=1",
            "2024-01-12 NOTED #1 low MEDIUM OPEN retention version=2 changed=1",
            "2024-01-15 OVERDUE #1 low MEDIUM OPEN retention notify version=3 changed=1",
            "2024-01-16 ACKNOWLEDGED #1 low MEDIUM ACKNOWLEDGED retention version=4 changed=4");
    assertThat(story.answers()).containsExactly("ok 2", "ok 4");
  }

  @Test
  void aChangeOfStateMakesAVersionStale() {
    Story story =
        silence()
            .until("2024-01-12")
            .happens("2024-01-13", purchase(1))
            .asksHavingSeen(1, "2024-01-14", new Command.Note("called"));
    assertThat(story.answers()).containsExactly("STALE 2");
  }

  @Test
  void aVersionAboveThePresentIsRefused() {
    Story story = silence().asksHavingSeen(2, "2024-01-12", ACKNOWLEDGE);
    assertThat(story.answers()).containsExactly("VERSION_AHEAD 1");
  }

  @Test
  void aRepeatedCommandIsAnsweredAsBeforeAndDoneOnce() {
    Story story =
        silence()
            .sends("2024-01-12", "k", note(1))
            .sends("2024-01-13", "other", note(1))
            .sends("2024-01-13", "k", note(1));
    assertThat(story.facts()).filteredOn(fact -> fact.contains("NOTED")).hasSize(2);
    assertThat(story.answers()).containsExactly("ok 2", "ok 3", "ok 2");
  }

  @Test
  void aRefusedCommandIsAnsweredAsBeforeToo() {
    Story story =
        silence()
            .sends("2024-01-10", "k", note(1))
            .sends("2024-01-12", "k", note(1))
            .sends("2024-01-12", "l", note(1));
    assertThat(story.answers()).containsExactly("UNKNOWN_ALERT 0", "UNKNOWN_ALERT 0", "ok 2");
  }

  @Test
  void theLastSixteenCommandsAreRemembered() {
    Story story = silence();
    for (int i = 1; i <= 17; i++) {
      story.sends("2024-01-12", "k" + i, note(1));
    }
    story.sends("2024-01-12", "k2", note(1)).sends("2024-01-12", "k1", note(1));
    assertThat(story.answers().subList(17, 19)).containsExactly("ok 3", "ok 19");
  }

  @Test
  void aRepeatedCommandMovesNoClock() {
    Story story =
        silence()
            .sends("2024-01-10", "k", note(1))
            .sends("2024-01-20", "k", note(1))
            .happens("2024-01-11", purchase(1))
            .until("2024-01-20");
    assertThat(story.facts()).isEmpty();
  }

  @Test
  void aCommandForAnUnknownCustomerIsRefusedAndMakesNone() {
    Story story =
        Story.of("- { id: a, ladder: [{ id: low, when: { status: { in: [NEW] } } }] }")
            .asks("2024-01-12", ACKNOWLEDGE)
            .until("2024-01-13");
    assertThat(story.facts()).isEmpty();
    assertThat(story.answers()).containsExactly("UNKNOWN_CUSTOMER 0");
  }

  @Test
  void aCommandForAnUnknownAlertIsRefused() {
    Story story = silence().until("2024-01-12").sends("2024-01-12", "k", note(2));
    assertThat(story.answers()).containsExactly("UNKNOWN_ALERT 0");
  }

  @Test
  void aCommandTakesTheDeadlinesBeforeItFirst() {
    Story story = silence().asks("2024-01-11T00:00:00.001", ACKNOWLEDGE);
    assertThat(story.facts())
        .containsExactly(
            "2024-01-11 RAISED #1 low MEDIUM OPEN retention notify",
            "2024-01-11T00:00:00.001Z ACKNOWLEDGED #1 low MEDIUM ACKNOWLEDGED retention");
  }

  @Test
  void aDeadlineAtThatVeryInstantComesAfterTheCommand() {
    Story story = silence().asks("2024-01-11", ACKNOWLEDGE).until("2024-01-11");
    assertThat(story.answers()).containsExactly("UNKNOWN_ALERT 0");
    assertThat(story.facts())
        .containsExactly("2024-01-11 RAISED #1 low MEDIUM OPEN retention notify");
  }

  @Test
  void anOverdueAtThatVeryInstantDoesNotComeOnceTheCommandHasAcknowledged() {
    Story story = silence().until("2024-01-12").asks("2024-01-15", ACKNOWLEDGE);
    assertThat(story.until("2024-02-01").facts())
        .containsExactly(
            "2024-01-11 RAISED #1 low MEDIUM OPEN retention notify",
            "2024-01-15 ACKNOWLEDGED #1 low MEDIUM ACKNOWLEDGED retention");
  }

  @Test
  void aCommandMovesTheClockAndMakesWhatArrivesLaterLate() {
    Story story =
        silence()
            .asks("2024-01-12", ACKNOWLEDGE)
            .arrives("2024-01-12", "2024-01-11T12:00", purchase(1));
    assertThat(story.facts("late"))
        .last()
        .isEqualTo("2024-01-12 CLEARED by EVENT #1 low MEDIUM RESOLVED retention late=true");
  }
}
