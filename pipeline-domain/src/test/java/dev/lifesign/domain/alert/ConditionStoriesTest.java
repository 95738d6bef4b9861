package dev.lifesign.domain.alert;

import static dev.lifesign.domain.history.Happening.click;
import static dev.lifesign.domain.history.Happening.purchase;
import static dev.lifesign.domain.history.Happening.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.event.SubscriptionChange.Action;
import dev.lifesign.domain.history.Story;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each row of the table of conditions (semantics, Alerts), from begin to end. */
class ConditionStoriesTest {

  private static final String MODEL =
      "model: { r: 1, alpha: 4, a: 0.5, b: 2, spend: { p: 6, q: 4, v: 15 } }";

  private static Story when(String condition) {
    return when("", condition);
  }

  private static Story when(String head, String condition) {
    return Story.of(head, "- { id: a, ladder: [{ id: low, when: %s }] }".formatted(condition));
  }

  @Test
  void statusHoldsWhileTheStatusIsOneOfThese() {
    Story story =
        when("{ status: { in: [AT_RISK, DORMANT] } }").happens("2024-01-01", purchase(1_000));
    assertThat(story.until("2024-12-31").facts())
        .containsExactly(
            "2024-01-11 RAISED #1 low MEDIUM OPEN notify",
            "2024-03-01 CLEARED by TIME #1 low MEDIUM RESOLVED");
  }

  @Test
  void statusWithReasonsHoldsWhileTheReasonIsOneOfThoseToo() {
    Story story =
        when("{ status: { in: [AT_RISK], reasons: [PAYMENT_FAILED] } }")
            .happens("2024-01-01", subscription(Action.STARTED, "s", "2024-02-01"))
            .happens("2024-01-20", subscription(Action.PAYMENT_FAILED, "s", "2024-01-20"));
    assertThat(story.until("2024-12-31").facts("reason"))
        .containsExactly(
            "2024-01-20 RAISED #1 low MEDIUM OPEN notify reason=PAYMENT_FAILED",
            "2024-01-22 CLEARED by TIME #1 low MEDIUM RESOLVED reason=SUBSCRIPTION_ENDED");
  }

  @Test
  void segmentHoldsWhileTheSegmentIsOneOfThese() {
    Story story =
        when(
                "rfm: { cuts: { recencyDays: [7, 30, 90, 180], orders: [1, 2, 4, 8], money: [1, 2, 3, 4] } }",
                "{ segment: { in: [Promising] } }")
            .happens("2024-01-01", purchase(1_000))
            .until("2024-12-31");
    assertThat(story.facts())
        .containsExactly(
            "2024-01-08T00:00:00.001Z RAISED #1 low MEDIUM OPEN notify",
            "2024-01-31T00:00:00.001Z CLEARED by TIME #1 low MEDIUM RESOLVED");
  }

  @Test
  void aliveHoldsFromTheInstantThatTheModelGivesForTheProbability() {
    // One week between purchases: T* = (4 + 1) * ((1 - 0.5) / 0.5 * 2 / 0.5)^(1 / 2) - 4 = 6 weeks.
    Story story =
        when(MODEL, "{ pAlive: { below: 0.5 } }")
            .happens("2024-01-01", purchase(1_000))
            .happens("2024-01-08", purchase(1_000))
            .until("2024-02-20")
            .happens("2024-02-20", purchase(1_000));
    assertThat(story.facts())
        .containsExactly(
            "2024-02-12 RAISED #1 low MEDIUM OPEN notify",
            "2024-02-20 CLEARED by EVENT #1 low MEDIUM RESOLVED");
  }

  @Test
  void aliveDoesNotHoldWhereItIsUndefined() {
    Story story = when(MODEL, "{ pAlive: { below: 0.5 } }").happens("2024-01-01", purchase(1_000));
    assertThat(story.until("2026-01-01").facts()).isEmpty();
  }

  @Test
  void aliveDoesNotHoldBeforeTheLeastSilenceOfRiskModel() {
    Story story =
        when(MODEL, "{ pAlive: { below: 0.5 } }")
            .happens("2024-01-01", purchase(1_000))
            .happens("2024-01-08", purchase(1_000))
            .happens("2024-02-06", click());
    assertThat(story.until("2024-03-01").facts())
        .containsExactly("2024-02-13 RAISED #1 low MEDIUM OPEN notify");
  }

  @Test
  void aliveHoldsAtTheLatestAtTheMostSilenceThatRiskModelAllows() {
    Story story =
        when(MODEL.replace("alpha: 4", "alpha: 100"), "{ pAlive: { below: 0.1 } }")
            .happens("2024-01-01", purchase(1_000))
            .happens("2024-01-08", purchase(1_000));
    assertThat(story.until("2024-07-31").facts())
        .containsExactly("2024-07-06 RAISED #1 low MEDIUM OPEN notify");
  }

  @Test
  void activityHoldsFromTheMinuteAtWhichTheScoreHasFallenUntilItHasRisen() {
    // 10 has halved to 5 after 30 days: 100 * (1 - e^(-5 / 20)) = 22.11992.
    Story story =
        when("{ activity: { below: 22.12, until: 26 } }")
            .happens("2024-01-01", purchase(1_000))
            .happens("2024-01-31T01:00", click())
            .happens("2024-01-31T02:00", click());
    assertThat(story.until("2024-01-31T03:00").facts())
        .containsExactly(
            "2024-01-31 RAISED #1 low MEDIUM OPEN notify",
            "2024-01-31T02:00 CLEARED by EVENT #1 low MEDIUM RESOLVED");
  }

  @Test
  void activityEndsAtItsBeginWhereNoOtherEndIsSet() {
    Story story =
        when("{ activity: { below: 22.12 } }")
            .happens("2024-01-01", purchase(1_000))
            .happens("2024-01-31T01:00", click());
    assertThat(story.until("2024-01-31T03:00").facts())
        .containsExactly(
            "2024-01-31 RAISED #1 low MEDIUM OPEN notify",
            "2024-01-31T01:00 CLEARED by EVENT #1 low MEDIUM RESOLVED");
  }

  @Test
  void activityDoesNotHoldBeforeAJudgementFoundTheScoreHighEnough() {
    Story story = when("{ activity: { below: 22.12 } }").happens("2024-01-01", click());
    assertThat(story.until("2024-12-31").facts()).isEmpty();
  }

  @Test
  void silenceHoldsFromTheLastOneOfItsKind() {
    assertThat(silent("PURCHASE")).containsExactly("2024-01-16 RAISED #1 low MEDIUM OPEN notify");
    assertThat(silent("TRANSACTION"))
        .containsExactly("2024-01-17 RAISED #1 low MEDIUM OPEN notify");
    assertThat(silent("USE")).containsExactly("2024-01-18 RAISED #1 low MEDIUM OPEN notify");
    assertThat(silent("ACTIVITY")).containsExactly("2024-01-19 RAISED #1 low MEDIUM OPEN notify");
  }

  private static List<String> silent(String kind) {
    return when("{ silence: { of: %s, for: P15D } }".formatted(kind))
        .happens("2024-01-01", purchase(1_000))
        .happens("2024-01-02", subscription(Action.STARTED, "s", "2024-12-01"))
        .happens("2024-01-03", click())
        .happens("2024-01-04", subscription(Action.DOWNGRADED, "s", "2024-12-01"))
        .until("2024-03-01")
        .facts();
  }

  @Test
  void renewalHoldsAheadOfPaidThroughWhileEntitledAndActive() {
    Story story =
        when("{ renewal: { ahead: P5D } }")
            .happens("2024-01-01", subscription(Action.STARTED, "s", "2024-02-01"))
            .happens("2024-01-29", subscription(Action.RENEWED, "s", "2024-03-01"))
            .happens("2024-02-27", subscription(Action.CANCEL_SCHEDULED, "s", "2024-03-01"));
    assertThat(story.until("2024-04-01").facts())
        .containsExactly(
            "2024-01-27 RAISED #1 low MEDIUM OPEN notify",
            "2024-01-29 CLEARED by EVENT #1 low MEDIUM RESOLVED",
            "2024-02-25 RAISED #2 low MEDIUM OPEN",
            "2024-02-27 CLEARED by EVENT #2 low MEDIUM RESOLVED");
  }

  @Test
  void renewalAheadLongerThanTheLastPeriodCountsAsHalfOfThatPeriod() {
    Story story =
        when("{ renewal: { ahead: P20D } }")
            .happens("2024-01-01", subscription(Action.STARTED, "s", "2024-01-11"));
    assertThat(story.until("2024-02-01").facts())
        .containsExactly(
            "2024-01-06 RAISED #1 low MEDIUM OPEN notify",
            "2024-01-11 CLEARED by TIME #1 low MEDIUM RESOLVED");
  }

  @Test
  void anniversaryHoldsFromDaysBeforeItUntilThatDateEnds() {
    Story story =
        when("{ anniversary: { ahead: P7D } }").happens("2024-02-29T10:00", purchase(1_000));
    assertThat(story.until("2026-02-25").facts())
        .containsExactly(
            "2025-02-21 RAISED #1 low MEDIUM OPEN notify",
            "2025-03-01 CLEARED by TIME #1 low MEDIUM RESOLVED",
            "2026-02-21 RAISED #2 low MEDIUM OPEN notify");
  }

  @Test
  void anniversaryFollowsThePersianCalendarAndItsLeapYears() {
    // 30 Esfand 1399; 1400 ends with 29 Esfand.
    Story story =
        when(
                "calendar: { zone: Asia/Tehran, weekStart: SATURDAY, weekend: [FRIDAY], months: persian }",
                "{ anniversary: { ahead: P1D } }")
            .happens("2021-03-20T10:00", purchase(1_000));
    assertThat(story.until("2022-04-01").facts())
        .containsExactly(
            "2022-03-18T20:30 RAISED #1 low MEDIUM OPEN notify",
            "2022-03-20T20:30 CLEARED by TIME #1 low MEDIUM RESOLVED");
  }
}
