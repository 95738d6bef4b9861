package dev.lifesign.domain.alert;

import static dev.lifesign.domain.history.Happening.click;
import static dev.lifesign.domain.history.Happening.purchase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.history.Story;
import org.junit.jupiter.api.Test;

/** Step 2 of a judgement (semantics, Alerts): dwell, filter, and the highest of several rungs. */
class FiringStoriesTest {

  private static Story rung(String more) {
    return Story.of(
        "- { id: a, ladder: [{ id: low, when: { silence: { of: PURCHASE, for: P10D } }, %s }] }"
            .formatted(more));
  }

  @Test
  void aRungFiresWhenItsConditionHasHeldForDwell() {
    Story story = rung("dwell: PT15M").happens("2024-01-01", purchase(1)).until("2024-02-01");
    assertThat(story.facts()).containsExactly("2024-01-11T00:15 RAISED #1 low MEDIUM OPEN notify");
  }

  @Test
  void aRungWhoseConditionEndsWithinDwellDoesNotFire() {
    Story story =
        rung("dwell: P2D")
            .happens("2024-01-01", purchase(1))
            .happens("2024-01-12T23:59", purchase(1))
            .until("2024-01-20");
    assertThat(story.facts()).isEmpty();
  }

  @Test
  void aConditionThatEndsAtTheVeryInstantAtWhichItsRungWouldFireDoesNotFire() {
    Story story =
        rung("dwell: P2D")
            .happens("2024-01-01", purchase(1))
            .happens("2024-01-13", purchase(1))
            .until("2024-01-20");
    assertThat(story.facts()).isEmpty();
  }

  @Test
  void aRungDoesNotFireWhereItsFilterIsFalse() {
    Story story =
        rung("filter: 'customer.orders >= 2'")
            .happens("2024-01-01", purchase(1))
            .until("2024-02-01");
    assertThat(story.facts()).isEmpty();
  }

  @Test
  void aFilterThatIsTrueLaterIsNotLookedAtUntilTheConditionHasEndedAndBegunAgain() {
    Story story =
        rung("filter: 'customer.netMoney >= 20 || \"CONTACT\" in customer.types'")
            .happens("2024-01-01", purchase(10))
            .happens("2024-01-15", click())
            .until("2024-01-20");
    assertThat(story.facts()).isEmpty();
    assertThat(story.happens("2024-01-20", purchase(10)).until("2024-02-01").facts())
        .containsExactly("2024-01-30 RAISED #1 low MEDIUM OPEN notify");
  }

  @Test
  void aFilterIsLookedAtWhenDwellIsOverAndNotBefore() {
    Story story =
        rung("dwell: P5D, filter: '\"CONTACT\" in customer.types'")
            .happens("2024-01-01", purchase(10))
            .happens("2024-01-15", click())
            .until("2024-02-01");
    assertThat(story.facts()).containsExactly("2024-01-16 RAISED #1 low MEDIUM OPEN notify");
  }

  @Test
  void aFilterThatFailsAtRunTimeCountsAsFalse() {
    Story story =
        rung("filter: '1 / (customer.orders - 1) < 9'").happens("2024-01-01", purchase(1));
    assertThat(story.until("2024-02-01").facts()).isEmpty();
  }

  @Test
  void anEventIsAbsentWhereTimeFired() {
    Story story =
        Story.of(
                """
                - id: a
                  ladder:
                    - { id: low, when: { status: { in: [AT_RISK] } }, filter: '!has(event.family)' }
                """)
            .happens("2024-01-01", purchase(1));
    assertThat(story.until("2024-01-20").facts())
        .containsExactly("2024-01-11 RAISED #1 low MEDIUM OPEN notify");
  }

  @Test
  void ofSeveralRungsThatFireInOneJudgementOnlyTheHighestCounts() {
    Story story =
        Story.of(
                """
                - id: a
                  ladder:
                    - { id: low, when: { silence: { of: PURCHASE, for: P10D } }, severity: LOW }
                    - { id: mid, when: { status: { in: [AT_RISK, DORMANT] } }, severity: HIGH }
                    - { id: top, when: { silence: { of: PURCHASE, for: P90D } } }
                """)
            .happens("2024-01-01", purchase(1))
            .until("2024-02-01");
    assertThat(story.facts()).containsExactly("2024-01-11 RAISED #1 mid HIGH OPEN notify");
  }

  @Test
  void theLowerOfThemCountAsHavingFired() {
    Story story =
        Story.of(
                """
                - id: a
                  ladder:
                    - { id: low, when: { silence: { of: PURCHASE, for: P10D } }, severity: LOW }
                    - { id: mid, when: { status: { in: [AT_RISK] } }, severity: HIGH }
                """)
            .happens("2024-01-01", purchase(1))
            .until("2024-02-01");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-11 RAISED #1 mid HIGH OPEN notify", "2024-01-31 EASED #1 low LOW OPEN");
  }
}
