package dev.lifesign.domain.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calendar days of a time zone, numbered by local date; day 0 is 1970-01-01. A day lasts from
 * its first valid instant up to, but not including, that of the next day. Where midnight is
 * skipped, the day begins at the end of the gap; where it comes twice, at the first. So a day may
 * have 23 or 25 hours, and none if the zone skips the date. A day that has begun goes on, even if
 * the clock falls back into the day before. Immutable, for any thread.
 */
public final class LocalDays {

  private static final int TABLE_FROM = (int) LocalDate.of(1970, 1, 1).toEpochDay();
  private static final int TABLE_TO = (int) LocalDate.of(2100, 1, 1).toEpochDay();

  /** The days of UTC, each of 24 hours. */
  public static final LocalDays UTC = new LocalDays(ZoneOffset.UTC);

  /** The zones asked for so far, which are few: a table takes a millisecond to make. */
  private static final Map<ZoneId, LocalDays> KNOWN = new ConcurrentHashMap<>();

  private final ZoneId zone;

  /** Whether the offset never changes, in which case no table is needed. */
  private final boolean fixed;

  /** Milliseconds ahead of UTC, if it never changes. */
  private final long offset;

  /**
   * What the zone's rules say for the usual days, so that they need not be asked each time; null if
   * the offset never changes.
   */
  private final DayTable table;

  private LocalDays(ZoneId zone) {
    this.zone = zone;
    this.fixed = zone.getRules().isFixedOffset();
    this.offset = zone.getRules().getOffset(Instant.EPOCH).getTotalSeconds() * 1_000L;
    this.table = fixed ? null : DayTable.of(zone, TABLE_FROM, TABLE_TO);
  }

  /** The days of a zone. */
  public static LocalDays of(ZoneId zone) {
    return zone.equals(ZoneOffset.UTC) ? UTC : KNOWN.computeIfAbsent(zone, LocalDays::new);
  }

  /** The zone. */
  public ZoneId zone() {
    return zone;
  }

  /**
   * The day that an instant lies in.
   *
   * @param instant milliseconds since 1970, no sentinel
   * @throws ArithmeticException if the day is not an int, which takes millions of years
   */
  public int dayOf(long instant) {
    if (fixed) {
      return Math.toIntExact(Math.floorDiv(instant + offset, Instants.DAY));
    }
    return table.contains(instant) ? table.dayOf(instant) : byRules(instant);
  }

  /**
   * The first instant of a day, milliseconds since 1970: {@link LocalDate#atStartOfDay(ZoneId)}. A
   * date that the zone skips begins, and ends, with the next one.
   *
   * @param day days since 1970-01-01; a long, so that the caller's sum of two ints does not
   *     overflow
   */
  public long startOf(long day) {
    if (fixed) {
      return day * Instants.DAY - offset;
    }
    return TABLE_FROM <= day && day < TABLE_TO ? table.startOf((int) day) : startOf(zone, day);
  }

  private int byRules(long instant) {
    LocalDate date = LocalDate.ofInstant(Instant.ofEpochMilli(instant), zone);
    int day = Math.toIntExact(date.toEpochDay());
    return startOf(zone, day + 1L) <= instant ? day + 1 : day;
  }

  /** The first instant of a day, as the zone's rules have it. */
  static long startOf(ZoneId zone, long day) {
    return LocalDate.ofEpochDay(day).atStartOfDay(zone).toInstant().toEpochMilli();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LocalDays days && zone.equals(days.zone);
  }

  @Override
  public int hashCode() {
    return zone.hashCode();
  }

  @Override
  public String toString() {
    return "days of " + zone;
  }
}
