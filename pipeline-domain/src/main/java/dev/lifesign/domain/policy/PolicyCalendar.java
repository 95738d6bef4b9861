package dev.lifesign.domain.policy;

import dev.lifesign.domain.time.LocalDays;
import dev.lifesign.domain.time.SolarYears;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The calendar of a policy: every day, week and month that the pipeline speaks of is one of these
 * (semantics, opening).
 *
 * @param days the days, numbered by the zone's local dates
 * @param weekStart the first day of a week
 * @param weekend the days that are not working days; never the whole week
 * @param months the calendar of months and years
 */
public record PolicyCalendar(
    LocalDays days, DayOfWeek weekStart, Set<DayOfWeek> weekend, Months months) {

  private static final int DAYS_OF_WEEK = 7;

  /** Gregorian, in UTC, with weeks from Monday to Sunday. */
  public static final PolicyCalendar UTC =
      new PolicyCalendar(
          LocalDays.UTC,
          DayOfWeek.MONDAY,
          Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
          Months.GREGORIAN);

  /** Keeps its own copy of the weekend. */
  public PolicyCalendar {
    weekend = Set.copyOf(weekend);
  }

  /** The calendar of a zone. */
  public PolicyCalendar(ZoneId zone, DayOfWeek weekStart, Set<DayOfWeek> weekend, Months months) {
    this(LocalDays.of(zone), weekStart, weekend, months);
  }

  /**
   * The zone of a name as policies and commands write it.
   *
   * @param name an IANA name such as {@code Asia/Tehran}, or {@code UTC}
   * @return the zone; empty for any other name, and for an offset such as {@code +03:30}
   */
  public static Optional<ZoneId> zone(String name) {
    if (name.equals("UTC")) {
      return Optional.of(ZoneOffset.UTC);
    }
    return ZoneId.getAvailableZoneIds().contains(name)
        ? Optional.of(ZoneId.of(name))
        : Optional.empty();
  }

  /** The zone whose local dates number the days. */
  public ZoneId zone() {
    return days.zone();
  }

  /**
   * The first day of the week that a day lies in.
   *
   * @param day days since 1970-01-01, as is the result
   */
  public int weekOf(int day) {
    // 1970-01-01 was a Thursday.
    int thursday = DayOfWeek.THURSDAY.getValue();
    return day - Math.floorMod(day + thursday - weekStart.getValue(), DAYS_OF_WEEK);
  }

  /**
   * What keeps a policy with another calendar from superseding one with this: the keys that number
   * what is stored by day, week or month, each with both values. Empty if nothing does; the weekend
   * may change.
   */
  public Optional<String> conflictWith(PolicyCalendar newer) {
    String conflicts =
        Stream.of(
                changed("zone", name(zone()), name(newer.zone())),
                changed("weekStart", weekStart.name(), newer.weekStart.name()),
                changed("months", name(months), name(newer.months)))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" and "));
    return conflicts.isEmpty() ? Optional.empty() : Optional.of(conflicts);
  }

  private static Optional<String> changed(String key, String before, String after) {
    return before.equals(after)
        ? Optional.empty()
        : Optional.of("calendar.%s from %s to %s".formatted(key, before, after));
  }

  /** As in a policy file. */
  private static String name(ZoneId zone) {
    return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
  }

  private static String name(Months months) {
    return months.name().toLowerCase(Locale.ROOT);
  }

  /** A calendar of months and years. */
  public enum Months {
    /** January to December. */
    GREGORIAN(SolarYears.FROM_MARCH),
    /** The Solar Hijri calendar of Iran, Farvardin to Esfand. */
    PERSIAN(SolarYears.FROM_FARVARDIN);

    private final SolarYears years;

    Months(SolarYears years) {
      this.years = years;
    }

    /** Its years, from leap day to leap day: what anniversaries are counted by. */
    public SolarYears years() {
      return years;
    }
  }
}
