package dev.lifesign.domain.alert;

import dev.lifesign.domain.policy.PolicyCalendar;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** Instants some working days ahead: days that are not in the policy's weekend. */
public final class WorkingDays {

  private static final int DAYS_OF_WEEK = 7;

  private WorkingDays() {}

  /**
   * The instant so many working days later at the same local time. Where the clock skips that time,
   * it is the end of the gap; where the time comes twice, the first.
   *
   * @param instant milliseconds since 1970, as is the result
   * @param days 1 or more
   */
  public static long after(long instant, int days, PolicyCalendar calendar) {
    LocalDateTime start = LocalDateTime.ofInstant(Instant.ofEpochMilli(instant), calendar.zone());
    LocalDate date = date(start.toLocalDate(), days, calendar.weekend());
    return firstValid(date.atTime(start.toLocalTime()), calendar.zone()).toEpochMilli();
  }

  private static LocalDate date(LocalDate start, int days, Set<DayOfWeek> weekend) {
    int perWeek = DAYS_OF_WEEK - weekend.size();
    // At least one day is left, so that the last one is a working day.
    LocalDate date = start.plusWeeks((days - 1) / perWeek);
    int left = (days - 1) % perWeek + 1;
    while (left > 0) {
      date = date.plusDays(1);
      left -= weekend.contains(date.getDayOfWeek()) ? 0 : 1;
    }
    return date;
  }

  private static Instant firstValid(LocalDateTime local, ZoneId zone) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    return offsets.isEmpty()
        ? zone.getRules().getTransition(local).getInstant()
        : local.toInstant(offsets.get(0));
  }
}
