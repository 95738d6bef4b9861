package dev.lifesign.domain.alert;

import static dev.lifesign.domain.history.Happening.complaint;
import static dev.lifesign.domain.history.Happening.purchase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.history.Story;
import org.junit.jupiter.api.Test;

/** ERASE (semantics, Commands). */
class EraseStoriesTest {

  private static Story story() {
    return Story.of(
            """
            - { id: a, ladder: [{ id: low, when: { silence: { of: PURCHASE, for: P10D } } }] }
            - { id: b, on: { match: "event.family == 'support'" } }
            """)
        .happens("2024-01-01", purchase(1))
        .happens("2024-01-02", complaint("t"));
  }

  @Test
  void openAlertsEndErased() {
    Story story = story().until("2024-01-12").sends("2024-01-12", "k", new Command.Erase());
    assertThat(story.facts("case", "by"))
        .containsExactly(
            "2024-01-02 RAISED #1 MEDIUM OPEN notify case=b by=",
            "2024-01-11 RAISED #1 low MEDIUM OPEN notify case=a by=",
            "2024-01-12 ERASED #1 low MEDIUM RESOLVED case=a by=ann",
            "2024-01-12 ERASED #1 MEDIUM RESOLVED case=b by=ann");
    assertThat(story.answers()).containsExactly("ok 0");
  }

  @Test
  void theDeadlinesBeforeItAreTakenFirst() {
    Story story = story().sends("2024-01-11T00:01", "k", new Command.Erase());
    assertThat(story.facts("case"))
        .contains(
            "2024-01-11 RAISED #1 low MEDIUM OPEN notify case=a",
            "2024-01-11T00:01 ERASED #1 low MEDIUM RESOLVED case=a");
  }

  @Test
  void nothingIsToldOfTheCustomerAfterwards() {
    Story story =
        story()
            .sends("2024-01-03", "k", new Command.Erase())
            .until("2024-12-31")
            .asks("2024-12-31", new Command.Acknowledge());
    assertThat(story.facts("case"))
        .containsExactly(
            "2024-01-02 RAISED #1 MEDIUM OPEN notify case=b",
            "2024-01-03 ERASED #1 MEDIUM RESOLVED case=b");
    assertThat(story.answers()).containsExactly("ok 0", "UNKNOWN_CUSTOMER 0");
  }

  @Test
  void whoComesBackIsANewCustomerWhoseNumbersBeginAnew() {
    Story story =
        story().sends("2024-01-03", "k", new Command.Erase()).happens("2024-03-01", complaint("t"));
    assertThat(story.facts("version", "previous"))
        .last()
        .isEqualTo("2024-03-01 RAISED #1 MEDIUM OPEN notify version=1 previous=");
  }
}
