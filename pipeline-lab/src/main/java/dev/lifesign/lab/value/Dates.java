package dev.lifesign.lab.value;

import dev.lifesign.domain.event.RejectionReason;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Dates and times of a column: in the given formats, or in one of the known forms. Impossible
 * dates, years before 1990 or after 2200, and dates that can be read in two ways are refused.
 */
public final class Dates {

  private static final int FIRST_YEAR = 1990;
  private static final int LAST_YEAR = 2200;
  private static final int FIRST_JALALI = 1368;
  private static final int LAST_JALALI = 1579;

  private final DateOptions options;
  private final KnownDates known;
  private final List<FormattedDates> formats = new ArrayList<>();

  /**
   * Dates with these options.
   *
   * @throws IllegalArgumentException if a format is not a valid pattern
   */
  public Dates(DateOptions options) {
    this.options = options;
    this.known = new KnownDates(options);
    options.formats().forEach(f -> formats.add(new FormattedDates(f, options.calendar())));
  }

  /**
   * Whether a text is a date in numbers between slashes or dashes, with the year last, and the
   * order of day and month that it shows: AUTO if it shows none; empty if it is no such date.
   */
  public static Optional<DateOptions.Order> order(String text) {
    return KnownDates.order(Digits.ascii(text));
  }

  /**
   * The instant, milliseconds since 1970.
   *
   * @throws UnreadableValue if the text is not a time, or not a plausible one
   */
  public long read(String text) throws UnreadableValue {
    if (formats.isEmpty() && options.calendar() == DateOptions.Calendar.GREGORIAN) {
      LocalDateTime usual = usual(text);
      if (usual != null) {
        return usual.atZone(options.zone()).toInstant().toEpochMilli();
      }
    }
    String ascii = Digits.ascii(text);
    if (formats.isEmpty()) {
      return known.read(ascii).millis(options.zone());
    }
    for (FormattedDates format : formats) {
      Optional<LocalOrZoned> read = format.read(ascii);
      if (read.isPresent()) {
        return read.get().millis(options.zone());
      }
    }
    throw UnreadableValue.invalid(
        "dates in another format",
        "Expected a time in the format %s, but it is %s; correct the format, or leave it out to have the usual forms recognised"
            .formatted(String.join(" or ", options.formats()), ascii));
  }

  /** {@code 2024-03-01}, {@code 2024-03-01 10:00} and {@code 2024-03-01 10:00:00}; else null. */
  private static LocalDateTime usual(String text) {
    int length = text.length();
    if ((length != 10 && length != 16 && length != 19)
        || text.charAt(4) != '-'
        || text.charAt(7) != '-') {
      return null;
    }
    int hour = 0;
    int minute = 0;
    int second = 0;
    if (length > 10) {
      if ((text.charAt(10) != ' ' && text.charAt(10) != 'T') || text.charAt(13) != ':') {
        return null;
      }
      hour = number(text, 11, 13);
      minute = number(text, 14, 16);
      if (length == 19) {
        if (text.charAt(16) != ':') {
          return null;
        }
        second = number(text, 17, 19);
      }
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    if ((hour | minute | second) < 0 || year < FIRST_YEAR || year > LAST_YEAR) {
      return null;
    }
    try {
      return LocalDateTime.of(year, month, day, hour, minute, second);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }

  /** Refuses a year in which no event can have occurred. */
  static void requirePlausible(DateOptions.Calendar calendar, int year, String text)
      throws UnreadableValue {
    boolean jalali = calendar == DateOptions.Calendar.JALALI;
    if (jalali
        ? year >= FIRST_JALALI && year <= LAST_JALALI
        : year >= FIRST_YEAR && year <= LAST_YEAR) {
      return;
    }
    if (!jalali && year >= 1900 && year < FIRST_YEAR) {
      throw new UnreadableValue(
          RejectionReason.OCCURRED_TOO_LONG_AGO,
          "dates before 1990",
          "%s is before 1990, the first year that is accepted; correct the date".formatted(text));
    }
    String hint =
        jalali
            ? "leave out calendar: jalali if the dates are Gregorian"
            : year >= FIRST_JALALI - 68 && year <= LAST_JALALI
                ? "set calendar to jalali if it is the Solar Hijri calendar"
                : "convert the dates to the Gregorian calendar, or correct them";
    throw new UnreadableValue(
        year < FIRST_YEAR ? RejectionReason.OCCURRED_TOO_LONG_AGO : RejectionReason.INVALID_FIELD,
        "dates of another calendar",
        "%s: occurred in the year %d; is this another calendar? If so, %s"
            .formatted(text, year, hint));
  }

  /** Text that is no date. */
  static UnreadableValue noDate(String text) {
    return UnreadableValue.invalid(
        "dates that cannot be read",
        "Expected a date such as 2024-03-01 or 2024-03-01 10:00:00, but it is "
            + UnreadableValue.shown(text)
            + "; correct it, or give its format");
  }
}
