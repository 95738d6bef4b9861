package dev.lifesign.domain.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;

/**
 * The starts of a range of a zone's days. They are kept as runs: within a run, each day begins 24
 * hours after the one before.
 */
final class DayTable {

  /** A stretch of 2^32 milliseconds, some 50 days. */
  private static final int INSTANT_BITS = 32;

  /** A stretch of 64 days. */
  private static final int DAY_BITS = 6;

  /** The first day of each run, ascending. */
  private final int[] days;

  /** The start of each run, ascending; equal to the next one's if the run is a skipped date. */
  private final long[] starts;

  /** The start of the day after the last one. */
  private final long end;

  /** Per stretch of instants and of days: the run that it begins in. A run ends in few of them. */
  private final int[] runByInstant;

  private final int[] runByDay;

  private DayTable(List<Integer> days, ZoneId zone, int to) {
    this.days = days.stream().mapToInt(Integer::intValue).toArray();
    this.starts = days.stream().mapToLong(day -> LocalDays.startOf(zone, day)).toArray();
    this.end = LocalDays.startOf(zone, to);
    this.runByInstant = new int[(int) ((end - starts[0]) >>> INSTANT_BITS) + 1];
    for (int i = 1; i < runByInstant.length; i++) {
      runByInstant[i] = from(runByInstant[i - 1], starts[0] + ((long) i << INSTANT_BITS));
    }
    this.runByDay = new int[((to - this.days[0]) >>> DAY_BITS) + 1];
    for (int i = 1; i < runByDay.length; i++) {
      runByDay[i] = from(runByDay[i - 1], this.days[0] + (i << DAY_BITS));
    }
  }

  /**
   * The table of a zone.
   *
   * @param from the first day
   * @param to the day after the last one
   */
  static DayTable of(ZoneId zone, int from, int to) {
    List<Integer> days = new ArrayList<>(List.of(from));
    Instant end = Instant.ofEpochMilli(LocalDays.startOf(zone, to));
    ZoneOffsetTransition change =
        zone.getRules().nextTransition(Instant.ofEpochMilli(LocalDays.startOf(zone, from)));
    while (change != null && change.getInstant().isBefore(end)) {
      LocalDate before = change.getDateTimeBefore().toLocalDate();
      LocalDate after = change.getDateTimeAfter().toLocalDate();
      // Only the days that the change touches, and the one after, can begin a run.
      long first = Math.min(before.toEpochDay(), after.toEpochDay());
      long last = Math.max(before.toEpochDay(), after.toEpochDay()) + 1;
      for (long day = first; day <= last && day < to; day++) {
        if (day > days.get(days.size() - 1)
            && LocalDays.startOf(zone, day) - LocalDays.startOf(zone, day - 1) != Instants.DAY) {
          days.add((int) day);
        }
      }
      change = zone.getRules().nextTransition(change.getInstant());
    }
    return new DayTable(days, zone, to);
  }

  /** Whether an instant lies in one of the days. */
  boolean contains(long instant) {
    return starts[0] <= instant && instant < end;
  }

  /** The day of an instant in the range. */
  int dayOf(long instant) {
    int run = from(runByInstant[(int) ((instant - starts[0]) >>> INSTANT_BITS)], instant);
    int day = days[run] + (int) ((instant - starts[run]) / Instants.DAY);
    // A run's last day may have more than 24 hours.
    return run + 1 < days.length ? Math.min(day, days[run + 1] - 1) : day;
  }

  /** The start of a day in the range. */
  long startOf(int day) {
    int run = from(runByDay[(day - days[0]) >>> DAY_BITS], day);
    return starts[run] + (day - days[run]) * Instants.DAY;
  }

  /** The run of an instant, which is not before a known run. */
  private int from(int known, long instant) {
    int run = known;
    while (run + 1 < starts.length && starts[run + 1] <= instant) {
      run++;
    }
    return run;
  }

  /** The run of a day, which is not before a known run. */
  private int from(int known, int day) {
    int run = known;
    while (run + 1 < days.length && days[run + 1] <= day) {
      run++;
    }
    return run;
  }
}
