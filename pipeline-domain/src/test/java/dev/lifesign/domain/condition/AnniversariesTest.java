package dev.lifesign.domain.condition;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.util.Calendar;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import dev.lifesign.domain.policy.Condition;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyCalendar.Months;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.time.LocalDays;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Anniversaries begin and end where counting days with java.time and ICU finds them. */
class AnniversariesTest {

  private static final int YEARS = 10;

  @ParameterizedTest
  @CsvSource({
    "UTC, 2016-02-29T12:00:00Z",
    "UTC, 2023-06-15T23:59:59.999Z",
    "UTC, 2021-03-20T12:00:00Z",
    "Asia/Tehran, 2016-02-29T12:00:00Z",
    // 30 Esfand 1399, and midnight at the begin of 1400.
    "Asia/Tehran, 2021-03-20T10:00:00Z",
    "Asia/Tehran, 2021-03-20T20:30:00Z",
    // 2 Farvardin: midnight was skipped until 2022.
    "Asia/Tehran, 2014-03-22T08:00:00Z",
    "America/Sao_Paulo, 2011-10-16T03:00:00Z",
    "America/Sao_Paulo, 2010-10-17T15:00:00Z",
    "America/Santiago, 2019-09-08T12:00:00Z",
    // The anniversary of 2011 is a date that the zone skips.
    "Pacific/Apia, 2008-12-30T12:00:00Z",
    "America/St_Johns, 2004-11-07T02:31:30Z",
  })
  void theyAreThoseThatCountingDayByDayFinds(ZoneId zone, Instant first) {
    for (Months months : Months.values()) {
      for (int ahead : new int[] {0, 1, 14, 363, 364}) {
        Policy policy = policy(zone, months);
        long start = first.toEpochMilli();
        long end = start + YEARS * 366 * Instants.DAY;
        Watch watch =
            new Watch(policy, new Condition.AnniversaryAhead(ahead))
                .apply(Events.purchase(start), start)
                .advance(end);
        assertThat(watch.changes())
            .as("%s, %d days ahead", months, ahead)
            .isEqualTo(counted(policy.days(), months, ahead, start, end));
      }
    }
  }

  @Test
  void withoutACommercialEventThereIsNone() {
    Policy policy = policy(ZoneId.of("Asia/Tehran"), Months.PERSIAN);
    long start = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
    Watch watch =
        new Watch(policy, new Condition.AnniversaryAhead(364))
            .apply(Events.click(start), start)
            .advance(start + YEARS * 366 * Instants.DAY);
    assertThat(watch.changes()).isEmpty();
  }

  @Test
  void aSubscriberMonthsAheadNeedsTheDayItselfToEnd() {
    Policy policy = policy(ZoneId.of("UTC"), Months.GREGORIAN);
    long start = Instant.parse("2024-02-29T10:00:00Z").toEpochMilli();
    Watch watch =
        new Watch(policy, new Condition.AnniversaryAhead(7))
            .apply(Events.purchase(start), start)
            .advance(start + 370 * Instants.DAY);
    assertThat(watch.changes())
        .containsExactly("begins 2025-02-21T00:00:00Z", "ends 2025-03-01T00:00:00Z");
  }

  /** Marks each day that is near or on an anniversary, then tells where marks begin and end. */
  private static List<String> counted(
      LocalDays days, Months months, int ahead, long start, long end) {
    int first = days.dayOf(start);
    int last = days.dayOf(end) + 366;
    boolean[] marked = new boolean[last + 1 - first];
    for (int day = first + 1; day <= last; day++) {
      if (isAnniversary(first, day, months)) {
        for (int near = Math.max(first, day - ahead); near <= day; near++) {
          marked[near - first] = true;
        }
      }
    }
    List<String> changes = new ArrayList<>();
    boolean holds = false;
    for (int day = first; day <= days.dayOf(end - 1); day++) {
      boolean skipped = days.startOf(day) == days.startOf(day + 1L);
      if (!skipped && holds != marked[day - first]) {
        holds = !holds;
        changes.add((holds ? "begins " : "ends ") + Instants.format(days.startOf(day)));
      }
    }
    return changes;
  }

  private static boolean isAnniversary(int first, int day, Months months) {
    int[] date = date(first, months);
    int[] today = date(day, months);
    int[] tomorrow = date(day + 1, months);
    boolean same = today[1] == date[1] && today[2] == date[2];
    // The year lacks the date: the month ends a day earlier.
    boolean lacks = today[1] == date[1] && today[2] + 1 == date[2] && tomorrow[1] != date[1];
    return today[0] > date[0] && (same || lacks);
  }

  private static int[] date(int day, Months months) {
    if (months == Months.GREGORIAN) {
      LocalDate date = LocalDate.ofEpochDay(day);
      return new int[] {date.getYear(), date.getMonthValue(), date.getDayOfMonth()};
    }
    Calendar icu = Calendar.getInstance(TimeZone.GMT_ZONE, new ULocale("fa@calendar=persian"));
    icu.setTimeInMillis(day * Instants.DAY);
    return new int[] {
      icu.get(Calendar.EXTENDED_YEAR), icu.get(Calendar.MONTH), icu.get(Calendar.DAY_OF_MONTH)
    };
  }

  private static Policy policy(ZoneId zone, Months months) {
    return PolicyReader.read(
            "version: 1\nlateness: PT0S\ncalendar: { zone: %s, months: %s }"
                .formatted(zone.getId(), months.name().toLowerCase(Locale.ROOT)))
        .policy()
        .orElseThrow();
  }
}
