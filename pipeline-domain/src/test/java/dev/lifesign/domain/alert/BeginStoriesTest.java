package dev.lifesign.domain.alert;

import static dev.lifesign.domain.history.Happening.click;
import static dev.lifesign.domain.history.Happening.purchase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.history.Story;
import org.junit.jupiter.api.Test;

/** Step 1 of a judgement (semantics, Alerts): what begins, and what has begun already. */
class BeginStoriesTest {

  private static final String SILENT =
      "- { id: a, ladder: [{ id: low, when: { silence: { of: PURCHASE, for: P10D } } }] }";
  private static final String NEVER =
      "- { id: b, ladder: [{ id: low, when: { silence: { of: PURCHASE, for: P999D } } }] }";

  @Test
  void whatHoldsNowAndDidNotAtTheLastJudgementBegins() {
    Story story = Story.of(SILENT).happens("2024-01-01", purchase(1)).until("2024-02-01");
    assertThat(story.facts()).containsExactly("2024-01-11 RAISED #1 low MEDIUM OPEN notify");
  }

  @Test
  void whatACustomersFirstEventFindsHasBegunAlreadyWhereItIsLate() {
    Story story =
        Story.of(SILENT).arrives("2024-01-13", "2024-01-02", purchase(1)).until("2024-12-31");
    assertThat(story.facts()).isEmpty();
  }

  @Test
  void whatALateFirstEventDoesNotFindYetBeginsAsAnythingDoes() {
    Story story =
        Story.of(SILENT).arrives("2024-01-03", "2024-01-02", purchase(1)).until("2024-12-31");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-12 RAISED #1 low MEDIUM OPEN notify",
            "2024-03-12 EXPIRED #1 low MEDIUM RESOLVED");
  }

  @Test
  void whatAnEventOfMoreThanSevenDaysBeforeTheClockFindsHasBegunAlready() {
    Story story =
        Story.of(SILENT.replace("P10D", "P7D"))
            .happens("2024-01-19", click())
            .arrives("2024-01-20", "2024-01-12T23:59", purchase(1))
            .until("2024-12-31");
    assertThat(story.facts()).isEmpty();
  }

  @Test
  void whatAnEventOfExactlySevenDaysBeforeTheClockFindsBegins() {
    Story story =
        Story.of(SILENT.replace("P10D", "P7D"))
            .happens("2024-01-19", click())
            .arrives("2024-01-20", "2024-01-13", purchase(1));
    assertThat(story.facts("late"))
        .containsExactly("2024-01-20 RAISED #1 low MEDIUM OPEN notify late=true");
  }

  @Test
  void whatHasBegunAlreadyCanBeginAgainOnceItHasEnded() {
    Story story =
        Story.of(SILENT)
            .arrives("2024-01-13", "2024-01-02", purchase(1))
            .happens("2024-02-01", purchase(1))
            .until("2024-02-20");
    assertThat(story.facts()).containsExactly("2024-02-11 RAISED #1 low MEDIUM OPEN notify");
  }

  @Test
  void whatANewPolicyMakesTrueHasBegunAlready() {
    Story story =
        Story.of(NEVER)
            .then("2024-02-01", SILENT)
            .happens("2024-01-01", purchase(1))
            .until("2024-12-31");
    assertThat(story.facts()).isEmpty();
  }

  @Test
  void whatARungWhoseConditionIsChangedFindsTrueHasBegunAlready() {
    Story story =
        Story.of(SILENT.replace("P10D", "P100D"))
            .then("2024-02-01", SILENT)
            .happens("2024-01-01", purchase(1))
            .until("2024-12-31");
    assertThat(story.facts()).isEmpty();
  }

  @Test
  void whatARungWhoseDwellIsChangedFindsTrueHasBegunAlready() {
    Story story =
        Story.of(SILENT.replace("id: low,", "id: low, dwell: P90D,"))
            .then("2024-02-01", SILENT.replace("id: low,", "id: low, dwell: P30D,"))
            .happens("2024-01-01", purchase(1))
            .until("2024-12-31");
    assertThat(story.facts()).isEmpty();
  }

  @Test
  void whatARungThatIsNotChangedHasBegunGoesOn() {
    Story story =
        Story.of(SILENT.replace("id: low,", "id: low, dwell: P30D,"))
            .then("2024-02-01", SILENT.replace("id: low,", "id: low, severity: HIGH, dwell: P30D,"))
            .happens("2024-01-01", purchase(1))
            .until("2024-03-01");
    assertThat(story.facts("policy"))
        .containsExactly("2024-02-10 RAISED #1 low HIGH OPEN notify policy=2");
  }

  @Test
  void onPublishRaiseLetsWhatANewRungFindsTrueBegin() {
    Story story =
        Story.of(NEVER)
            .then("2024-02-01", SILENT.replace("id: low,", "id: low, onPublish: raise,"))
            .happens("2024-01-01", purchase(1))
            .until("2024-02-10");
    assertThat(story.facts("policy"))
        .containsExactly("2024-02-01 RAISED #1 low MEDIUM OPEN notify policy=2");
  }

  @Test
  void onPublishRaiseCountsTheDwellFromTheInstantOfThePolicy() {
    Story story =
        Story.of(SILENT.replace("id: low,", "id: low, dwell: P90D,"))
            .then(
                "2024-02-01", SILENT.replace("id: low,", "id: low, onPublish: raise, dwell: P5D,"))
            .happens("2024-01-01", purchase(1))
            .until("2024-02-10");
    assertThat(story.facts("policy"))
        .containsExactly("2024-02-06 RAISED #1 low MEDIUM OPEN notify policy=2");
  }

  @Test
  void aBeginOnceJudgedStaysWhateverLaterEventsShow() {
    Story story =
        Story.of(SILENT.replace("id: low,", "id: low, dwell: P5D,"))
            .happens("2024-01-01", purchase(1))
            .until("2024-01-12")
            .arrives("2024-01-14", "2024-01-02", purchase(1))
            .until("2024-01-20");
    assertThat(story.facts()).containsExactly("2024-01-16 RAISED #1 low MEDIUM OPEN notify");
  }
}
