package dev.lifesign.domain.alert;

import static dev.lifesign.domain.history.Happening.complaint;
import static dev.lifesign.domain.history.Happening.purchase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.history.Story;
import org.junit.jupiter.api.Test;

/** When someone must have acted (semantics, Alerts): working days, at the same local time. */
class DueStoriesTest {

  private static final String CASES =
      """
      - id: a
        due: %d
        on: { match: "event.family == 'support'" }
      """;

  private static String due(String calendar, int days, String raised) {
    String head = calendar.isEmpty() ? "" : "calendar: { " + calendar + " }";
    return Story.of(head, CASES.formatted(days))
        .happens(raised, complaint("t"))
        .facts("due")
        .get(0)
        .replaceFirst(".* due=", "");
  }

  @Test
  void aWeekendIsNoWorkingDay() {
    // Friday, 5 January 2024.
    assertThat(due("", 1, "2024-01-05T10:30")).isEqualTo("2024-01-08T10:30");
    assertThat(due("", 1, "2024-01-04T10:30")).isEqualTo("2024-01-05T10:30");
    assertThat(due("", 5, "2024-01-05T10:30")).isEqualTo("2024-01-12T10:30");
    assertThat(due("", 6, "2024-01-05T10:30")).isEqualTo("2024-01-15T10:30");
  }

  @Test
  void anAlertOfTheWeekendIsDueAfterSoManyWorkingDaysToo() {
    // Saturday.
    assertThat(due("", 1, "2024-01-06T10:30")).isEqualTo("2024-01-08T10:30");
    assertThat(due("", 2, "2024-01-06T10:30")).isEqualTo("2024-01-09T10:30");
  }

  @Test
  void thePersianWeekendIsFriday() {
    String iran = "zone: Asia/Tehran, weekStart: SATURDAY, weekend: [FRIDAY], months: persian";
    // Thursday, 4 January 2024.
    assertThat(due(iran, 1, "2024-01-04T10:30")).isEqualTo("2024-01-06T10:30");
    assertThat(due(iran, 2, "2024-01-04T10:30")).isEqualTo("2024-01-07T10:30");
  }

  @Test
  void theDayIsThatOfThePoliciesZone() {
    // Already Friday in Tehran.
    String iran = "zone: Asia/Tehran, weekend: [FRIDAY]";
    assertThat(due(iran, 1, "2024-01-04T21:00")).isEqualTo("2024-01-05T21:00");
  }

  @Test
  void theLocalTimeStaysWhereClocksChange() {
    String berlin = "zone: Europe/Berlin";
    // Friday before summer time begins on 31 March.
    assertThat(due(berlin, 1, "2024-03-29T10:30")).isEqualTo("2024-04-01T09:30");
  }

  @Test
  void aLocalTimeThatIsSkippedIsMovedToTheFirstValidInstantAfterIt() {
    String berlin = "zone: Europe/Berlin, weekend: []";
    // 02:30 on 31 March does not exist; clocks go from 02:00 to 03:00.
    assertThat(due(berlin, 1, "2024-03-30T01:30")).isEqualTo("2024-03-31T01:00");
  }

  @Test
  void aRungMayHaveItsOwnDueOrNone() {
    Story story =
        Story.of(
                """
                - id: a
                  due: 1
                  ladder:
                    - { id: low, when: { silence: { of: PURCHASE, for: P1D } } }
                    - { id: mid, when: { silence: { of: PURCHASE, for: P2D } }, due: 3 }
                    - { id: top, when: { silence: { of: PURCHASE, for: P3D } }, due: null }
                """)
            .happens("2024-01-01", purchase(1))
            .until("2024-02-01");
    assertThat(story.facts("due"))
        .containsExactly(
            "2024-01-02 RAISED #1 low MEDIUM OPEN notify due=2024-01-03",
            "2024-01-03 ESCALATED #1 mid MEDIUM OPEN notify due=2024-01-08",
            "2024-01-04 ESCALATED #1 top MEDIUM OPEN notify due=");
  }
}
