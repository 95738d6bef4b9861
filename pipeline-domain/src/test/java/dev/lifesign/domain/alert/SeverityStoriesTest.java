package dev.lifesign.domain.alert;

import static dev.lifesign.domain.history.Happening.complaint;
import static dev.lifesign.domain.history.Happening.purchase;
import static dev.lifesign.domain.history.Happening.refund;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.history.Story;
import org.junit.jupiter.api.Test;

/** Severity and value at stake (semantics, Alerts). */
class SeverityStoriesTest {

  private static final String BY_VALUE =
      """
      - id: a
        severity: { byValue: [2000, 10000, 50000] }
        on: { match: "event.family == 'support'" }
      """;

  private static String severityOf(long money) {
    return Story.of(BY_VALUE)
        .happens("2024-01-01", purchase(money))
        .happens("2024-01-02", complaint("t"))
        .facts()
        .get(0)
        .replaceFirst(".* #1 (\\w+) OPEN.*", "$1");
  }

  @Test
  void byValueIsTheNumberOfBoundsReached() {
    assertThat(severityOf(1_999)).isEqualTo("LOW");
    assertThat(severityOf(2_000)).isEqualTo("MEDIUM");
    assertThat(severityOf(9_999)).isEqualTo("MEDIUM");
    assertThat(severityOf(10_000)).isEqualTo("HIGH");
    assertThat(severityOf(49_999)).isEqualTo("HIGH");
    assertThat(severityOf(50_000)).isEqualTo("CRITICAL");
  }

  @Test
  void mediumByDefault() {
    Story story =
        Story.of("- { id: a, on: { match: \"event.family == 'support'\" } }")
            .happens("2024-01-02", complaint("t"));
    assertThat(story.facts()).containsExactly("2024-01-02 RAISED #1 MEDIUM OPEN notify");
  }

  @Test
  void theValueIsTheCustomersAtTheJudgement() {
    Story story =
        Story.of(
                """
                - id: a
                  ladder:
                    - { id: low, when: { silence: { of: PURCHASE, for: P5D } }, severity: { byValue: [1, 2, 3000] } }
                    - { id: top, when: { status: { in: [DORMANT] } }, severity: { byValue: [2000, 10000, 50000] } }
                """)
            .happens("2024-01-01", purchase(3_000))
            .until("2024-01-07")
            .happens("2024-01-07", refund(2_000))
            .until("2024-02-01");
    assertThat(story.facts("value"))
        .containsExactly(
            "2024-01-06 RAISED #1 low CRITICAL OPEN notify value=3000",
            "2024-01-31 ESCALATED #1 top LOW OPEN notify value=1000");
  }

  @Test
  void valueAtStakeIsTheNetMoneyInTheWindowAndNotBelowZero() {
    Story story =
        Story.of("rfm: { window: P30D }", BY_VALUE)
            .happens("2024-01-01", purchase(3_000))
            .happens("2024-01-30T10:00", complaint("t1"))
            .happens("2024-01-31", complaint("t2"))
            .happens("2024-01-31T10:00", refund(1))
            .happens("2024-01-31T11:00", complaint("t3"));
    assertThat(story.facts("value"))
        .containsExactly(
            "2024-01-30T10:00 RAISED #1 MEDIUM OPEN notify value=3000",
            "2024-01-31 REPEATED #1 MEDIUM OPEN value=0",
            "2024-01-31T11:00 REPEATED #1 MEDIUM OPEN value=0");
  }
}
