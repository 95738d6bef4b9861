package dev.lifesign.domain.time;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.util.Calendar;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Years are as long as java.time and ICU have them, and anniversaries fall on the same date. */
class SolarYearsTest {

  @Test
  void persianYearsAreThoseOfIcu() {
    Calendar icu = Calendar.getInstance(TimeZone.GMT_ZONE, new ULocale("fa@calendar=persian"));
    for (int year = 1_200; year <= 1_502; year++) {
      assertThat(SolarYears.FROM_FARVARDIN.startOf(year)).as("%d", year).isEqualTo(day(icu, year));
    }
  }

  @Test
  void yearsFromMarchAreThoseOfJavaTime() {
    for (int year = -1_000; year <= 3_000; year++) {
      assertThat(SolarYears.FROM_MARCH.startOf(year))
          .as("%d", year)
          .isEqualTo(LocalDate.of(year, 3, 1).toEpochDay());
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyDayLiesInItsYear(SolarYears years) {
    long year = years.yearOf(-1_000_000);
    for (long day = -1_000_000; day < 1_000_000; day++) {
      if (day == years.startOf(year + 1)) {
        year++;
      }
      if (years.yearOf(day) != year) {
        assertThat(years.yearOf(day)).as("year of day %d", day).isEqualTo(year);
      }
    }
  }

  @Test
  void aGregorianAnniversaryIsTheDateYearsLaterOrTheLastOfFebruary() {
    LocalDate from = LocalDate.of(1_999, 12, 1);
    for (int i = 0; i < 2_000; i++) {
      LocalDate first = from.plusDays(i);
      for (int years = 1; years <= 10; years++) {
        // plusYears, too, takes the 28th for the 29th of February.
        assertThat(
                SolarYears.FROM_MARCH.anniversary(
                    first.toEpochDay(), first.plusYears(years - 1).toEpochDay() + 1))
            .isEqualTo(first.plusYears(years).toEpochDay());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FROM_MARCH, 2024-02-29, 2024-02-29, 2025-02-28",
    "FROM_MARCH, 2024-02-29, 2025-02-28, 2025-02-28",
    "FROM_MARCH, 2024-02-29, 2025-03-01, 2026-02-28",
    "FROM_MARCH, 2024-02-29, 2027-03-01, 2028-02-29",
    "FROM_MARCH, 2023-12-31, 2024-01-01, 2024-12-31",
    // 30 Esfand 1403; 1404 to 1407 have 29 days in Esfand, 1408 has 30.
    "FROM_FARVARDIN, 2025-03-20, 2025-03-21, 2026-03-20",
    "FROM_FARVARDIN, 2025-03-20, 2026-03-21, 2027-03-20",
    "FROM_FARVARDIN, 2025-03-20, 2029-03-20, 2030-03-20",
    // 1 Farvardin 1403, which is a leap year.
    "FROM_FARVARDIN, 2024-03-20, 2024-03-20, 2025-03-21",
  })
  void theNextAnniversaryIsInALaterYear(
      SolarYears years, LocalDate first, LocalDate from, LocalDate anniversary) {
    assertThat(LocalDate.ofEpochDay(years.anniversary(first.toEpochDay(), from.toEpochDay())))
        .isEqualTo(anniversary);
  }

  @ParameterizedTest
  @EnumSource
  void anniversariesAreAtLeast365DaysApart(SolarYears years) {
    long start = LocalDate.of(1_990, 1, 1).toEpochDay();
    long gapsOfALeapYear = 0;
    for (long first = start; first < start + 1_500; first++) {
      long before = first;
      for (int i = 0; i < 40; i++) {
        long next = years.anniversary(first, before + 1);
        assertThat(next - before).isBetween(365L, 366L);
        gapsOfALeapYear += next - before - 365;
        before = next;
      }
    }
    assertThat(gapsOfALeapYear).isPositive();
  }

  private static long day(Calendar icu, int year) {
    icu.clear();
    icu.set(year, 0, 1);
    return Math.floorDiv(icu.getTimeInMillis(), ChronoUnit.DAYS.getDuration().toMillis());
  }
}
