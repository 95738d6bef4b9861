package dev.lifesign.domain.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Days begin where java.time says that they do, and last until the next one begins. */
class LocalDaysTest {

  private static final long FROM = Instant.parse("1990-01-01T00:00:00Z").toEpochMilli();
  private static final long TO = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();

  /** All zones; of those with the same rules, the first by name. */
  static List<ZoneId> zones() {
    Map<ZoneRules, ZoneId> byRules = new LinkedHashMap<>();
    for (String name : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
      byRules.putIfAbsent(ZoneId.of(name).getRules(), ZoneId.of(name));
    }
    return List.copyOf(byRules.values());
  }

  @ParameterizedTest
  @MethodSource("zones")
  void everyDayBeginsWhereJavaTimeSaysAndHoldsAllInstantsUpToTheNext(ZoneId zone) {
    LocalDays days = LocalDays.of(zone);
    int first = (int) LocalDate.of(1969, 12, 1).toEpochDay();
    int last = (int) LocalDate.of(2101, 1, 1).toEpochDay();
    long start = atStartOfDay(first, zone);
    for (int day = first; day < last; day++) {
      long next = atStartOfDay(day + 1, zone);
      if (days.startOf(day) != start) {
        assertThat(days.startOf(day)).as("start of %s", LocalDate.ofEpochDay(day)).isEqualTo(start);
      }
      if (start < next && (days.dayOf(start) != day || days.dayOf(next - 1) != day)) {
        assertThat(List.of(days.dayOf(start), days.dayOf(next - 1))).containsOnly(day);
      }
      assertThat(next).isGreaterThanOrEqualTo(start);
      start = next;
    }
  }

  @ParameterizedTest
  @MethodSource("zones")
  void anyInstantLiesInTheLastDayThatHasBegun(ZoneId zone) {
    LocalDays days = LocalDays.of(zone);
    Random random = new Random(zone.getId().hashCode());
    for (int i = 0; i < 2_000; i++) {
      long instant = FROM + (long) (random.nextDouble() * (TO - FROM));
      int day = days.dayOf(instant);
      assertThat(instant).isBetween(atStartOfDay(day, zone), atStartOfDay(day + 1, zone) - 1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Asia/Tehran, 2021-03-22, 2021-03-21T20:30:00Z, 23",
    "Asia/Tehran, 2022-03-22, 2022-03-21T20:30:00Z, 23",
    "Asia/Tehran, 2023-03-22, 2023-03-21T20:30:00Z, 24",
    "Africa/Cairo, 2024-04-26, 2024-04-25T22:00:00Z, 23",
    "America/Santiago, 2024-09-08, 2024-09-08T04:00:00Z, 23",
    "Asia/Beirut, 2024-03-31, 2024-03-30T22:00:00Z, 23",
    "Australia/Lord_Howe, 2024-10-06, 2024-10-05T13:30:00Z, 23.5",
    "Australia/Lord_Howe, 2024-04-07, 2024-04-06T13:00:00Z, 24.5",
    "America/Havana, 2024-11-03, 2024-11-03T04:00:00Z, 25",
    "Africa/Cairo, 2024-10-31, 2024-10-30T21:00:00Z, 25",
    "Pacific/Apia, 2011-12-29, 2011-12-29T10:00:00Z, 24",
    "Pacific/Apia, 2011-12-30, 2011-12-30T10:00:00Z, 0",
    "Pacific/Apia, 2011-12-31, 2011-12-30T10:00:00Z, 24",
  })
  void aDayBeginsAtItsFirstInstantAndMayBeShorterOrLonger(
      ZoneId zone, LocalDate date, Instant start, double hours) {
    LocalDays days = LocalDays.of(zone);
    long day = date.toEpochDay();
    assertThat(Instant.ofEpochMilli(days.startOf(day))).isEqualTo(start);
    assertThat((days.startOf(day + 1) - days.startOf(day)) / (double) Instants.HOUR)
        .isEqualTo(hours);
  }

  @Test
  void aDateThatTheZoneSkipsHoldsNoInstant() {
    LocalDays samoa = LocalDays.of(ZoneId.of("Pacific/Apia"));
    long start = samoa.startOf(LocalDate.of(2011, 12, 31).toEpochDay());
    assertThat(LocalDate.ofEpochDay(samoa.dayOf(start - 1))).isEqualTo("2011-12-29");
    assertThat(LocalDate.ofEpochDay(samoa.dayOf(start))).isEqualTo("2011-12-31");
  }

  @Test
  void aDayThatHasBegunGoesOnThoughTheClockFallsBackOverMidnight() {
    ZoneId zone = ZoneId.of("America/St_Johns");
    LocalDays newfoundland = LocalDays.of(zone);
    // At 00:01 on 2010-11-07 the clock was set back to 23:01 of the 6th.
    Instant begin = Instant.parse("2010-11-07T02:30:00Z");
    Instant again = begin.plus(Duration.ofMinutes(2));
    assertThat(LocalDate.ofInstant(begin, zone)).isEqualTo("2010-11-07");
    assertThat(LocalDate.ofInstant(again, zone)).isEqualTo("2010-11-06");
    assertThat(Instant.ofEpochMilli(newfoundland.startOf(LocalDate.of(2010, 11, 7).toEpochDay())))
        .isEqualTo(begin);
    assertThat(
            IntStream.of(
                    newfoundland.dayOf(begin.toEpochMilli() - 1),
                    newfoundland.dayOf(begin.toEpochMilli()),
                    newfoundland.dayOf(again.toEpochMilli()))
                .mapToObj(LocalDate::ofEpochDay)
                .map(LocalDate::toString))
        .containsExactly("2010-11-06", "2010-11-07", "2010-11-07");
  }

  @Test
  void daysFarAwayAreThoseOfTheRulesToo() {
    for (String name : List.of("UTC", "Asia/Tehran", "America/St_Johns", "Europe/Berlin")) {
      ZoneId zone = ZoneId.of(name);
      LocalDays days = LocalDays.of(zone);
      for (int year : new int[] {-5_000, 1_800, 1_900, 1_969, 2_100, 2_500, 200_000}) {
        int day = (int) LocalDate.of(year, 11, 3).toEpochDay();
        assertThat(days.startOf(day)).isEqualTo(atStartOfDay(day, zone));
        assertThat(days.dayOf(days.startOf(day))).isEqualTo(day);
        assertThat(days.dayOf(days.startOf(day) - 1)).isEqualTo(day - 1);
      }
      assertThatThrownBy(() -> days.dayOf(Instants.FOREVER - Instants.DAY))
          .isInstanceOf(ArithmeticException.class);
    }
  }

  @Test
  void theStartOfADayBeyondAnIntIsStillExact() {
    long day = Integer.MAX_VALUE + 365L;
    assertThat(LocalDays.UTC.startOf(day)).isEqualTo(day * Instants.DAY);
    assertThat(LocalDays.of(ZoneId.of("Asia/Tehran")).startOf(day))
        .isEqualTo(day * Instants.DAY - Duration.ofMinutes(210).toMillis());
  }

  @Test
  void zonesWithAFixedOffsetNeedNoTable() {
    LocalDays days = LocalDays.of(ZoneId.of("Etc/GMT-5"));
    assertThat(days.dayOf(-5 * Instants.HOUR)).isZero();
    assertThat(days.dayOf(-5 * Instants.HOUR - 1)).isEqualTo(-1);
    assertThat(days.startOf(0)).isEqualTo(-5 * Instants.HOUR);
    assertThat(LocalDays.of(ZoneOffset.UTC)).isSameAs(LocalDays.UTC);
  }

  @Test
  void daysOfTheSameZoneAreEqual() {
    assertThat(LocalDays.of(ZoneId.of("Asia/Tehran")))
        .isEqualTo(LocalDays.of(ZoneId.of("Asia/Tehran")))
        .hasSameHashCodeAs(LocalDays.of(ZoneId.of("Asia/Tehran")))
        .isNotEqualTo(LocalDays.of(ZoneId.of("Asia/Dubai")));
  }

  private static long atStartOfDay(long day, ZoneId zone) {
    return LocalDate.ofEpochDay(day).atStartOfDay(zone).toInstant().toEpochMilli();
  }
}
