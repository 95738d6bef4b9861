package dev.lifesign.domain.alert;

import static dev.lifesign.domain.history.Happening.click;
import static dev.lifesign.domain.history.Happening.purchase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.customer.AlertState.Outcome;
import dev.lifesign.domain.history.Story;
import org.junit.jupiter.api.Test;

/** Step 5 of a judgement (semantics, Alerts): RAISED with the next number, and the cooldown. */
class CooldownStoriesTest {

  private static final Command.Step SAVED = new Command.Resolve(Outcome.SAVED);

  /** A purchase every few days lets the first rung begin and end. */
  private static Story silence(String more) {
    return Story.of(
            """
            - id: a
              cooldown: P20D
              ladder:
                - { id: low, when: { silence: { of: PURCHASE, for: P5D } }, severity: LOW %s }
                - { id: top, when: { silence: { of: PURCHASE, for: P15D } }, severity: HIGH }
            """
                .formatted(more))
        .happens("2024-01-01", purchase(1));
  }

  @Test
  void raisedWithTheNextNumberOfTheCase() {
    Story story =
        silence("")
            .happens("2024-01-07", purchase(1))
            .happens("2024-01-13", purchase(1))
            .until("2024-01-19");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-06 RAISED #1 low LOW OPEN notify",
            "2024-01-07 CLEARED by EVENT #1 low LOW RESOLVED",
            "2024-01-12 RAISED #2 low LOW OPEN",
            "2024-01-13 CLEARED by EVENT #2 low LOW RESOLVED",
            "2024-01-18 RAISED #3 low LOW OPEN");
  }

  @Test
  void everyCaseHasNumbersOfItsOwn() {
    Story story =
        Story.of(
                """
                - { id: b, ladder: [{ id: low, when: { status: { in: [NEW] } } }] }
                - { id: a, ladder: [{ id: low, when: { status: { in: [NEW] } } }] }
                """)
            .happens("2024-01-01", purchase(1));
    assertThat(story.facts("case"))
        .containsExactly(
            "2024-01-01 RAISED #1 low MEDIUM OPEN notify case=b",
            "2024-01-01 RAISED #1 low MEDIUM OPEN notify case=a");
  }

  @Test
  void withinTheCooldownAfterHandledAHigherRungRaises() {
    Story story = silence("").until("2024-01-08").asks("2024-01-08", SAVED).until("2024-01-17");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-06 RAISED #1 low LOW OPEN notify",
            "2024-01-08 HANDLED #1 low LOW RESOLVED",
            "2024-01-16 RAISED #2 top HIGH OPEN notify");
  }

  @Test
  void withinTheCooldownTheSameRungWaitsAndRaisesWhenItIsOver() {
    Story story =
        silence("")
            .until("2024-01-08")
            .asks("2024-01-08", SAVED)
            .happens("2024-01-09", purchase(1))
            .happens("2024-01-20", purchase(1))
            .until("2024-01-28");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-06 RAISED #1 low LOW OPEN notify",
            "2024-01-08 HANDLED #1 low LOW RESOLVED",
            "2024-01-28 RAISED #2 low LOW OPEN notify");
  }

  @Test
  void whatWaitsRaisesNothingOnceItsConditionHasEnded() {
    Story story =
        silence("")
            .until("2024-01-08")
            .asks("2024-01-08", SAVED)
            .happens("2024-01-15", purchase(1))
            .happens("2024-01-27", purchase(1))
            .until("2024-01-28");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-06 RAISED #1 low LOW OPEN notify", "2024-01-08 HANDLED #1 low LOW RESOLVED");
  }

  @Test
  void whatWaitsRaisesNothingOnceTheCaseHasRaised() {
    Story story =
        Story.of(
                """
                - id: a
                  cooldown: P20D
                  timeToLive: P8D
                  ladder:
                    - { id: low, when: { silence: { of: PURCHASE, for: P5D } }, severity: LOW }
                    - { id: top, when: { silence: { of: PURCHASE, for: P15D } }, severity: HIGH }
                """)
            .happens("2024-01-01", purchase(1))
            .asks("2024-01-07", SAVED)
            .happens("2024-01-08", purchase(1))
            .until("2024-03-30");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-06 RAISED #1 low LOW OPEN notify",
            "2024-01-07 HANDLED #1 low LOW RESOLVED",
            "2024-01-23 RAISED #2 top HIGH OPEN notify",
            "2024-01-31 EXPIRED #2 top HIGH RESOLVED");
  }

  @Test
  void theFilterOfWhatWaitsIsNotLookedAtAgain() {
    Story story =
        silence(", filter: '!(\"CONTACT\" in customer.types)'")
            .until("2024-01-08")
            .asks("2024-01-08", SAVED)
            .happens("2024-01-14", purchase(1))
            .happens("2024-01-22", click())
            .until("2024-01-28");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-06 RAISED #1 low LOW OPEN notify",
            "2024-01-08 HANDLED #1 low LOW RESOLVED",
            "2024-01-28 RAISED #2 low LOW OPEN notify");
  }

  @Test
  void withinTheCooldownAfterExpiredOnlyAHigherRungRaises() {
    Story story =
        Story.of(
                """
                - id: a
                  timeToLive: P2D
                  cooldown: P20D
                  ladder:
                    - { id: low, when: { silence: { of: PURCHASE, for: P5D } } }
                    - { id: top, when: { silence: { of: PURCHASE, for: P15D } } }
                """)
            .happens("2024-01-01", purchase(1))
            .until("2024-02-20");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-06 RAISED #1 low MEDIUM OPEN notify",
            "2024-01-08 EXPIRED #1 low MEDIUM RESOLVED",
            "2024-01-16 RAISED #2 top MEDIUM OPEN notify",
            "2024-01-18 EXPIRED #2 top MEDIUM RESOLVED");
  }

  @Test
  void afterClearedThereIsNoCooldownOfRaising() {
    Story story = silence("").happens("2024-01-06", purchase(1)).until("2024-01-11");
    assertThat(story.facts()).containsExactly("2024-01-11 RAISED #1 low LOW OPEN notify");
    Story cleared = silence("").happens("2024-01-06T01:00", purchase(1)).until("2024-01-11T01:00");
    assertThat(cleared.facts())
        .containsExactly(
            "2024-01-06 RAISED #1 low LOW OPEN notify",
            "2024-01-06T01:00 CLEARED by EVENT #1 low LOW RESOLVED",
            "2024-01-11T01:00 RAISED #2 low LOW OPEN");
  }

  @Test
  void previousIsTheAlertBeforeWhereItEndedWithinTheCooldown() {
    Story story =
        silence("")
            .happens("2024-01-07", purchase(1))
            .happens("2024-01-13", purchase(1))
            .happens("2024-01-14", purchase(1))
            .happens("2024-01-19", purchase(1))
            .happens("2024-01-24", purchase(1))
            .happens("2024-01-29", purchase(1))
            .until("2024-02-03");
    assertThat(story.facts("previous"))
        .containsExactly(
            "2024-01-06 RAISED #1 low LOW OPEN notify previous=",
            "2024-01-07 CLEARED by EVENT #1 low LOW RESOLVED previous=",
            "2024-01-12 RAISED #2 low LOW OPEN previous=1",
            "2024-01-13 CLEARED by EVENT #2 low LOW RESOLVED previous=1",
            "2024-02-03 RAISED #3 low LOW OPEN notify previous=");
  }

  @Test
  void theCooldownIsThirtyDaysByDefault() {
    Story story =
        Story.of(
                "- { id: a, ladder: [{ id: low, when: { silence: { of: PURCHASE, for: P5D } } }] }")
            .happens("2024-01-01", purchase(1))
            .until("2024-01-06")
            .asks("2024-01-06", SAVED)
            .happens("2024-01-20", purchase(1))
            .until("2024-02-06");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-06 RAISED #1 low MEDIUM OPEN notify",
            "2024-01-06 HANDLED #1 low MEDIUM RESOLVED",
            "2024-02-05 RAISED #2 low MEDIUM OPEN notify");
  }
}
