package dev.lifesign.domain.policy;

import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;

/**
 * The calendar of a policy: every day, week and month that the pipeline speaks of is one of these
 * (semantics, opening).
 *
 * @param zone whose local dates number the days
 * @param weekStart the first day of a week
 * @param weekend the days that are not working days; never the whole week
 * @param months the calendar of months and years
 */
public record PolicyCalendar(
    ZoneId zone, DayOfWeek weekStart, Set<DayOfWeek> weekend, Months months) {

  /** Gregorian, in UTC, with weeks from Monday to Sunday. */
  public static final PolicyCalendar UTC =
      new PolicyCalendar(
          ZoneOffset.UTC,
          DayOfWeek.MONDAY,
          Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
          Months.GREGORIAN);

  /** Keeps its own copy of the weekend. */
  public PolicyCalendar {
    weekend = Set.copyOf(weekend);
  }

  /** A calendar of months and years. */
  public enum Months {
    /** January to December. */
    GREGORIAN,
    /** The Solar Hijri calendar of Iran, Farvardin to Esfand. */
    PERSIAN
  }
}
