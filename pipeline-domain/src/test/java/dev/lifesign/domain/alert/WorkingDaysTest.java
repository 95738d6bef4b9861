package dev.lifesign.domain.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.policy.PolicyCalendar;
import dev.lifesign.domain.policy.PolicyCalendar.Months;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An alert is due some working days later, at the same local time. */
class WorkingDaysTest {

  @ParameterizedTest
  @CsvSource({
    // 2024-03-01 is a Friday.
    "2024-03-01T10:00:00Z, 1, UTC, SATURDAY SUNDAY, 2024-03-04T10:00:00Z",
    "2024-03-02T10:00:00Z, 1, UTC, SATURDAY SUNDAY, 2024-03-04T10:00:00Z",
    "2024-03-03T23:59:59.999Z, 1, UTC, SATURDAY SUNDAY, 2024-03-04T23:59:59.999Z",
    "2024-03-02T10:00:00Z, 5, UTC, SATURDAY SUNDAY, 2024-03-08T10:00:00Z",
    "2024-03-02T10:00:00Z, 6, UTC, SATURDAY SUNDAY, 2024-03-11T10:00:00Z",
    "2024-03-01T10:00:00Z, 2, UTC, '', 2024-03-03T10:00:00Z",
    "2024-02-29T08:00:00Z, 1, Asia/Tehran, FRIDAY, 2024-03-02T08:00:00Z",
    // 23:30 in Tehran is Thursday still, 00:30 is Friday.
    "2024-02-29T20:00:00Z, 1, Asia/Tehran, FRIDAY, 2024-03-02T20:00:00Z",
    "2024-02-29T21:00:00Z, 1, Asia/Tehran, FRIDAY, 2024-03-01T21:00:00Z",
    "2024-03-01T21:00:00Z, 1, Asia/Tehran, FRIDAY, 2024-03-02T21:00:00Z",
  })
  void daysOfTheWeekendDoNotCount(
      Instant from, int days, ZoneId zone, String weekend, Instant due) {
    assertThat(after(from, days, zone, weekend(weekend))).isEqualTo(due);
  }

  @ParameterizedTest
  @CsvSource({
    // The clock goes from 02:00 to 03:00 on 2024-03-31; it has no 02:30.
    "2024-03-30T01:30:00Z, 1, Europe/Berlin, 2024-03-31T01:00:00Z",
    "2024-03-30T11:00:00Z, 1, Europe/Berlin, 2024-03-31T10:00:00Z",
    // It goes from 03:00 to 02:00 on 2024-10-27; 02:30 comes twice.
    "2024-10-26T00:30:00Z, 1, Europe/Berlin, 2024-10-27T00:30:00Z",
    // Midnight is skipped.
    "2018-11-03T03:00:00Z, 1, America/Sao_Paulo, 2018-11-04T03:00:00Z",
    "2018-11-03T03:10:00Z, 1, America/Sao_Paulo, 2018-11-04T03:00:00Z",
    // The whole date is.
    "2011-12-30T05:00:00Z, 1, Pacific/Apia, 2011-12-30T10:00:00Z",
  })
  void theLocalTimeStaysTheSameOrIsTheFirstValidOneAfterIt(
      Instant from, int days, ZoneId zone, Instant due) {
    assertThat(after(from, days, zone, Set.of())).isEqualTo(due);
  }

  @Test
  void manyDaysAreCountedAsOneByOne() {
    Random random = new Random(1);
    ZoneId zone = ZoneId.of("UTC");
    for (int i = 0; i < 2_000; i++) {
      EnumSet<DayOfWeek> weekend = EnumSet.noneOf(DayOfWeek.class);
      for (int j = random.nextInt(7); j > 0; j--) {
        weekend.add(DayOfWeek.of(1 + random.nextInt(7)));
      }
      if (weekend.size() == 7) {
        continue;
      }
      LocalDate start = LocalDate.ofEpochDay(random.nextInt(20_000));
      int days = 1 + random.nextInt(40);
      LocalDate date = start;
      for (int left = days; left > 0; ) {
        date = date.plusDays(1);
        left -= weekend.contains(date.getDayOfWeek()) ? 0 : 1;
      }
      assertThat(after(start.atStartOfDay(zone).toInstant(), days, zone, weekend))
          .isEqualTo(date.atStartOfDay(zone).toInstant());
    }
  }

  @Test
  void theMostDaysThatAPolicyCanNameAreCountedAtOnce() {
    assertThat(
            after(Instant.EPOCH, Integer.MAX_VALUE, ZoneId.of("UTC"), weekend("SATURDAY SUNDAY")))
        .isAfter(Instant.parse("+8000000-01-01T00:00:00Z"));
  }

  private static Instant after(Instant from, int days, ZoneId zone, Set<DayOfWeek> weekend) {
    PolicyCalendar calendar = new PolicyCalendar(zone, DayOfWeek.MONDAY, weekend, Months.GREGORIAN);
    return Instant.ofEpochMilli(WorkingDays.after(from.toEpochMilli(), days, calendar));
  }

  private static Set<DayOfWeek> weekend(String days) {
    return Arrays.stream(days.split(" "))
        .filter(day -> !day.isEmpty())
        .map(DayOfWeek::valueOf)
        .collect(Collectors.toSet());
  }
}
