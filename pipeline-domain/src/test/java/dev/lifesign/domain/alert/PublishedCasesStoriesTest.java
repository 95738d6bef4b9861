package dev.lifesign.domain.alert;

import static dev.lifesign.domain.history.Happening.complaint;
import static dev.lifesign.domain.history.Happening.purchase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.history.Story;
import org.junit.jupiter.api.Test;

/** Rungs and cases that a new policy drops (semantics, Alerts). */
class PublishedCasesStoriesTest {

  private static final String HEAD =
      """
      - id: a
        owner: sales
        ladder:
      """;
  private static final String LOW =
      "    - { id: low, when: { silence: { of: PURCHASE, for: P5D } }, severity: LOW }\n";
  private static final String MID =
      "    - { id: mid, when: { silence: { of: PURCHASE, for: P10D } } }\n";
  private static final String TOP =
      "    - { id: top, when: { silence: { of: PURCHASE, for: P15D } }, severity: HIGH }\n";
  private static final String NONE =
      "- { id: b, ladder: [{ id: low, when: { silence: { of: PURCHASE, for: P999D } } }] }";

  @Test
  void anEventAtTheInstantOfANewPolicyIsJudgedUnderIt() {
    Story story =
        Story.of(NONE)
            .then("2024-01-12", "- { id: a, on: { match: \"event.family == 'support'\" } }")
            .happens("2024-01-01", purchase(1))
            .happens("2024-01-12", complaint("t"));
    assertThat(story.facts("policy"))
        .containsExactly("2024-01-12 RAISED #1 MEDIUM OPEN notify policy=2");
  }

  @Test
  void anAlertOnADroppedRungIsEasedToALowerOneThatHasFired() {
    Story story =
        Story.of(HEAD + LOW + MID)
            .then("2024-01-12", HEAD + LOW)
            .happens("2024-01-01", purchase(1))
            .until("2024-01-13");
    assertThat(story.facts("policy"))
        .containsExactly(
            "2024-01-06 RAISED #1 low LOW OPEN sales notify policy=1",
            "2024-01-11 ESCALATED #1 mid MEDIUM OPEN sales notify policy=1",
            "2024-01-12 EASED #1 low LOW OPEN sales policy=2");
  }

  @Test
  void anAlertOnADroppedRungEscalatesToOneThatStoodAboveIt() {
    Story story =
        Story.of(HEAD + MID + TOP)
            .then("2024-01-12", HEAD + TOP.replace("P15D", "P16D"))
            .happens("2024-01-01", purchase(1))
            .until("2024-01-12");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-11 RAISED #1 mid MEDIUM OPEN sales notify",
            "2024-01-12 CLEARED by POLICY #1 mid MEDIUM RESOLVED sales");
    Story above =
        Story.of(HEAD + LOW + MID + TOP)
            .then("2024-01-12", HEAD + LOW.replace("id: low,", "id: low, dwell: P90D,") + TOP)
            .happens("2024-01-01", purchase(1))
            .until("2024-01-16");
    assertThat(above.facts())
        .last()
        .isEqualTo("2024-01-16 ESCALATED #1 top HIGH OPEN sales notify");
  }

  @Test
  void anAlertOnADroppedRungIsClearedByPolicyWhereNothingElseHolds() {
    Story story =
        Story.of(HEAD + LOW + TOP)
            .then("2024-01-07", HEAD + TOP)
            .happens("2024-01-01", purchase(1))
            .until("2024-01-08");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-06 RAISED #1 low LOW OPEN sales notify",
            "2024-01-07 CLEARED by POLICY #1 low LOW RESOLVED sales");
  }

  @Test
  void aCaseThatAPolicyDropsEndsItsAlertClearedByPolicy() {
    Story story =
        Story.of(HEAD + LOW)
            .then("2024-01-07", NONE)
            .happens("2024-01-01", purchase(1))
            .until("2024-01-08");
    assertThat(story.facts("case"))
        .containsExactly(
            "2024-01-06 RAISED #1 low LOW OPEN sales notify case=a",
            "2024-01-07 CLEARED by POLICY #1 low LOW RESOLVED sales case=a");
  }

  @Test
  void numbersGoOnWhereADroppedCaseComesBack() {
    Story story =
        Story.of(HEAD + LOW)
            .then("2024-01-07", NONE)
            .then("2024-01-08", HEAD + LOW)
            .happens("2024-01-01", purchase(1))
            .happens("2024-01-09", purchase(1))
            .until("2024-01-20");
    assertThat(story.facts("policy"))
        .containsExactly(
            "2024-01-06 RAISED #1 low LOW OPEN sales notify policy=1",
            "2024-01-07 CLEARED by POLICY #1 low LOW RESOLVED sales policy=2",
            "2024-01-14 RAISED #2 low LOW OPEN sales notify policy=3");
  }

  @Test
  void aCaseThatTurnsFromALadderToEventsEndsItsAlertClearedByPolicy() {
    Story story =
        Story.of(HEAD + LOW)
            .then("2024-01-07", "- { id: a, on: { match: \"event.family == 'support'\" } }")
            .happens("2024-01-01", purchase(1))
            .happens("2024-01-08", complaint("t"));
    assertThat(story.facts())
        .containsExactly(
            "2024-01-06 RAISED #1 low LOW OPEN sales notify",
            "2024-01-07 CLEARED by POLICY #1 low LOW RESOLVED sales",
            "2024-01-08 RAISED #2 MEDIUM OPEN notify");
  }

  @Test
  void aTriggerThatChangesForgetsTheEventsThatItCounted() {
    String two = "- { id: a, on: { match: \"event.family == 'support'\", count: %d } }";
    Story story =
        Story.of(two.formatted(3))
            .then("2024-01-07", two.formatted(2))
            .happens("2024-01-01", complaint("t1"))
            .happens("2024-01-08", complaint("t2"))
            .happens("2024-01-09", complaint("t3"));
    assertThat(story.facts()).containsExactly("2024-01-09 RAISED #1 MEDIUM OPEN notify");
  }
}
