package dev.lifesign.lab.value;

import com.ibm.icu.util.Calendar;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import java.time.DateTimeException;
import java.time.LocalDate;

/** The dates of the calendars, from their numbers. */
final class DateParts {

  private static final long DAY = 86_400_000L;
  private static final Calendar JALALI =
      Calendar.getInstance(TimeZone.GMT_ZONE, new ULocale("@calendar=persian"));

  private DateParts() {}

  /** The earliest year that two digits can mean; 98 is 1998, and 24 is 2024. */
  static int firstShortYear(DateOptions.Calendar calendar) {
    return calendar == DateOptions.Calendar.JALALI ? 1350 : 1990;
  }

  /**
   * The date.
   *
   * @throws DateTimeException if the calendar has no such date
   */
  static LocalDate date(DateOptions.Calendar calendar, int year, int month, int day) {
    return calendar == DateOptions.Calendar.GREGORIAN
        ? LocalDate.of(year, month, day)
        : jalali(year, month, day);
  }

  private static LocalDate jalali(int year, int month, int day) {
    Calendar calendar = (Calendar) JALALI.clone();
    calendar.setLenient(false);
    calendar.clear();
    try {
      calendar.set(Calendar.EXTENDED_YEAR, year);
      calendar.set(Calendar.MONTH, month - 1);
      calendar.set(Calendar.DATE, day);
      return LocalDate.ofEpochDay(Math.floorDiv(calendar.getTimeInMillis(), DAY));
    } catch (IllegalArgumentException e) {
      throw new DateTimeException("No such date", e);
    }
  }
}
