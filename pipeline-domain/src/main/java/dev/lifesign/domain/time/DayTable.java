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

  /** The first day of each run, ascending. */
  private final int[] days;

  /** The start of each run, ascending; equal to the next one's if the run is a skipped date. */
  private final long[] starts;

  /** The start of the day after the last one. */
  private final long end;

  private DayTable(List<Integer> days, ZoneId zone, int to) {
    this.days = days.stream().mapToInt(Integer::intValue).toArray();
    this.starts = days.stream().mapToLong(day -> LocalDays.startOf(zone, day)).toArray();
    this.end = LocalDays.startOf(zone, to);
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
    int run = runOf(instant);
    int day = days[run] + (int) ((instant - starts[run]) / Instants.DAY);
    // A run's last day may have more than 24 hours.
    return run + 1 < days.length ? Math.min(day, days[run + 1] - 1) : day;
  }

  /** The start of a day in the range. */
  long startOf(int day) {
    int low = 0;
    int high = days.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (days[middle] <= day) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return starts[low] + (day - days[low]) * Instants.DAY;
  }

  /** The last run that begins at an instant or before. */
  private int runOf(long instant) {
    int low = 0;
    int high = starts.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (starts[middle] <= instant) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
