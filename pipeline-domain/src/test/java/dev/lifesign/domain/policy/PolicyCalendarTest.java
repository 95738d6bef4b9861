package dev.lifesign.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Weeks begin on the policy's day, and a policy in force keeps its calendar. */
class PolicyCalendarTest {

  @ParameterizedTest
  @EnumSource(DayOfWeek.class)
  void aWeekBeginsOnTheLatestWeekStart(DayOfWeek weekStart) {
    PolicyCalendar calendar = policy(1, "{ weekStart: " + weekStart + " }").calendar();
    for (int day = -20; day < 20; day++) {
      assertThat(LocalDate.ofEpochDay(calendar.weekOf(day)))
          .isEqualTo(LocalDate.ofEpochDay(day).with(TemporalAdjusters.previousOrSame(weekStart)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{ zone: Asia/Tehran }; calendar.zone from UTC to Asia/Tehran",
        "{ weekStart: SATURDAY }; calendar.weekStart from MONDAY to SATURDAY",
        "{ months: persian }; calendar.months from gregorian to persian",
        "{ zone: Etc/UTC, months: persian };"
            + " calendar.zone from UTC to Etc/UTC and calendar.months from gregorian to persian"
      })
  void aPolicyThatNumbersDaysWeeksOrMonthsDifferentlyCannotSupersedeAnother(
      String calendar, String changes) {
    Policies first = Policies.of(policy(1, "{ zone: UTC }"));
    PolicyInForce newer = new PolicyInForce(100, policy(2, calendar));
    assertThatThrownBy(() -> first.with(newer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Policy version 2 changes " + changes + ", but")
        .hasMessageContaining("reprocess");
  }

  @Test
  void theWeekendAndTheLanguageMayChangeWhileRunning() {
    Policy newer = policy(2, "{ zone: UTC, weekend: [FRIDAY] }\nlanguage: fa");
    assertThat(Policies.of(policy(1, "{ zone: UTC }")).with(new PolicyInForce(100, newer)).at(100))
        .isEqualTo(newer);
  }

  private static Policy policy(int version, String calendar) {
    return PolicyReader.read("version: " + version + "\ncalendar: " + calendar)
        .policy()
        .orElseThrow();
  }
}
