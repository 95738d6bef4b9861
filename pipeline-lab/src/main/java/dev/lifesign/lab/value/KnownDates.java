package dev.lifesign.lab.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and times in the forms that exports are known to have: ISO 8601 with a space or a T,
 * numbers with slashes, dots or dashes, names of months, am and pm, offsets and zones, seconds and
 * milliseconds since 1970, and the serial numbers of spreadsheets.
 */
final class KnownDates {

  /** 2200-01-01, the end of what a number without further marks can mean. */
  private static final long END = 7_258_118_400_000L;

  /** 1990-01-01. */
  private static final long BEGIN = 631_152_000_000L;

  private static final LocalDate SERIAL_0 = LocalDate.of(1899, 12, 30);
  private static final BigDecimal DAY = BigDecimal.valueOf(86_400_000L);
  private static final Pattern SERIAL = Pattern.compile("\\d{5}(?:[.,]\\d+)?");
  private static final Pattern YEAR_FIRST =
      Pattern.compile("(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})");
  private static final Pattern YEAR_LAST =
      Pattern.compile("(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})(?!\\d)");
  private static final Pattern DAY_MONTH =
      Pattern.compile("(\\d{1,2})(?:st|nd|rd|th)?[-/. ]*(\\p{L}+)[-/., ]*(\\d{4}|\\d{2})(?!\\d)");
  private static final Pattern MONTH_DAY =
      Pattern.compile("(\\p{L}+)\\.? *(\\d{1,2})(?:st|nd|rd|th)?,? +(\\d{4})");
  private static final Pattern WEEKDAY =
      Pattern.compile("(?:mon|tue|wed|thu|fri|sat|sun)\\p{L}*\\.?,? +");
  private static final Pattern TIME =
      Pattern.compile(
          "[tT,]?\\s*(?:at )?(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?(?:\\s*([aApP])\\.?[mM]\\.?(?!\\p{L}))?");
  private static final Pattern COMPACT_TIME = Pattern.compile("[tT]?\\s*(\\d{2})(\\d{2})(\\d{2})");

  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> JALALI_MONTHS =
      List.of(
          "فروردین",
          "اردیبهشت",
          "خرداد",
          "تیر",
          "مرداد",
          "شهریور",
          "مهر",
          "آبان",
          "آذر",
          "دی",
          "بهمن",
          "اسفند");

  private final DateOptions options;

  KnownDates(DateOptions options) {
    this.options = options;
  }

  /**
   * Whether a date is written with numbers between slashes or dashes, the year last, and which
   * order it shows; empty if it is not such a date. With points, the day comes first everywhere.
   */
  static Optional<DateOptions.Order> order(String text) {
    Matcher numbers = YEAR_LAST.matcher(text);
    if (!numbers.lookingAt() || hasPoints(numbers)) {
      return Optional.empty();
    }
    int first = Integer.parseInt(numbers.group(1));
    int second = Integer.parseInt(numbers.group(3));
    if (first > 12 && second <= 12) {
      return Optional.of(DateOptions.Order.DAY_FIRST);
    }
    if (second > 12 && first <= 12) {
      return Optional.of(DateOptions.Order.MONTH_FIRST);
    }
    return Optional.of(DateOptions.Order.AUTO);
  }

  private static boolean hasPoints(Matcher yearLast) {
    return yearLast.group(2).equals(".");
  }

  /**
   * Reads a time.
   *
   * @param text with ASCII digits
   */
  LocalOrZoned read(String text) throws UnreadableValue {
    Optional<LocalOrZoned> number = number(text);
    if (number.isPresent()) {
      return number.get();
    }
    Matcher weekday = WEEKDAY.matcher(text.toLowerCase(Locale.ROOT));
    String rest = weekday.lookingAt() ? text.substring(weekday.end()) : text;
    Matcher date = YEAR_FIRST.matcher(rest);
    if (date.lookingAt()) {
      return timed(
          date(text, number(date, 1), number(date, 3), number(date, 4)), rest, date.end(), text);
    }
    date = YEAR_LAST.matcher(rest);
    if (date.lookingAt()) {
      return timed(numbers(text, date), rest, date.end(), text);
    }
    date = DAY_MONTH.matcher(rest);
    if (date.lookingAt()) {
      return timed(
          date(text, year(date.group(3)), month(date.group(2), text), number(date, 1)),
          rest,
          date.end(),
          text);
    }
    date = MONTH_DAY.matcher(rest);
    if (date.lookingAt()) {
      return timed(
          date(text, number(date, 3), month(date.group(1), text), number(date, 2)),
          rest,
          date.end(),
          text);
    }
    throw Dates.noDate(text);
  }

  private Optional<LocalOrZoned> number(String text) throws UnreadableValue {
    if (text.isEmpty() || !Character.isDigit(text.charAt(0))) {
      return Optional.empty();
    }
    if (SERIAL.matcher(text).matches()) {
      BigDecimal days = new BigDecimal(text.replace(',', '.'));
      long millis = days.multiply(DAY).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
      LocalDateTime local = SERIAL_0.atStartOfDay().plusNanos(millis % 86_400_000L * 1_000_000L);
      return Optional.of(LocalOrZoned.local(local.plusDays(millis / 86_400_000L)));
    }
    if (!text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    return switch (text.length()) {
      case 8, 12, 14 -> {
        LocalDate date =
            date(
                text,
                Integer.parseInt(text.substring(0, 4)),
                Integer.parseInt(text.substring(4, 6)),
                Integer.parseInt(text.substring(6, 8)));
        yield Optional.of(LocalOrZoned.local(date.atTime(compactTime(text.substring(8), text))));
      }
      case 9, 10 -> Optional.of(instant(Long.parseLong(text) * 1_000, text));
      case 13 -> Optional.of(instant(Long.parseLong(text), text));
      default -> throw Dates.noDate(text);
    };
  }

  private static LocalOrZoned instant(long millis, String text) throws UnreadableValue {
    if (millis < BEGIN || millis >= END) {
      throw Dates.noDate(text);
    }
    return LocalOrZoned.instant(millis);
  }

  private static LocalTime compactTime(String digits, String text) throws UnreadableValue {
    try {
      return digits.isEmpty()
          ? LocalTime.MIDNIGHT
          : LocalTime.of(
              Integer.parseInt(digits.substring(0, 2)),
              Integer.parseInt(digits.substring(2, 4)),
              digits.length() > 4 ? Integer.parseInt(digits.substring(4)) : 0);
    } catch (DateTimeException e) {
      throw Dates.noDate(text);
    }
  }

  private LocalDate numbers(String text, Matcher date) throws UnreadableValue {
    int first = number(date, 1);
    int second = number(date, 3);
    int year = year(date.group(4));
    DateOptions.Order order = hasPoints(date) ? DateOptions.Order.DAY_FIRST : options.order();
    if (order == DateOptions.Order.AUTO) {
      // Equal numbers need no order.
      order = first == second ? DateOptions.Order.DAY_FIRST : order(date.group()).orElse(order);
      if (order == DateOptions.Order.AUTO) {
        throw UnreadableValue.invalid(
            "dates that can be read in two ways",
            "The date %s can be read in two ways, with the day or the month first; set the order of dates to day-first or month-first"
                .formatted(text));
      }
    }
    return order == DateOptions.Order.DAY_FIRST
        ? date(text, year, second, first)
        : date(text, year, first, second);
  }

  private LocalDate date(String text, int year, int month, int day) throws UnreadableValue {
    try {
      Dates.requirePlausible(options.calendar(), year, text);
      return DateParts.date(options.calendar(), year, month, day);
    } catch (DateTimeException e) {
      throw UnreadableValue.invalid(
          "dates that do not exist",
          "The date " + text + " does not exist; correct it at the source");
    }
  }

  private int year(String digits) {
    int year = Integer.parseInt(digits);
    if (digits.length() > 2) {
      return year;
    }
    int first = DateParts.firstShortYear(options.calendar());
    return first + Math.floorMod(year - first, 100);
  }

  private int month(String name, String text) throws UnreadableValue {
    String folded = name.toLowerCase(Locale.ROOT);
    if (options.calendar() == DateOptions.Calendar.JALALI) {
      int index = JALALI_MONTHS.indexOf(folded.replace('ي', 'ی'));
      if (index >= 0) {
        return index + 1;
      }
    } else if (folded.length() >= 3 && !folded.startsWith("marras")) {
      // The November of Finland begins like a March.
      int index = MONTHS.indexOf(folded.substring(0, 3));
      if (index >= 0) {
        return index + 1;
      }
    }
    throw Dates.noDate(text);
  }

  private static LocalOrZoned timed(LocalDate date, String rest, int from, String text)
      throws UnreadableValue {
    String tail = rest.substring(from).strip().replace("ق.ظ", "AM").replace("ب.ظ", "PM");
    if (tail.isEmpty()) {
      return LocalOrZoned.local(date.atStartOfDay());
    }
    LocalTime time = LocalTime.MIDNIGHT;
    Matcher clock = TIME.matcher(tail);
    Matcher compact = COMPACT_TIME.matcher(tail);
    if (clock.lookingAt()) {
      time = time(clock, text);
      tail = tail.substring(clock.end()).strip();
    } else if (compact.lookingAt()) {
      time = compactTime(compact.group(1) + compact.group(2) + compact.group(3), text);
      tail = tail.substring(compact.end()).strip();
    }
    if (tail.startsWith("(") && tail.endsWith(")") && tail.length() > 2) {
      tail = tail.substring(1, tail.length() - 1);
    }
    if (tail.startsWith("[") && tail.endsWith("]") && tail.length() > 2) {
      tail = tail.substring(1, tail.length() - 1);
    }
    if (tail.isEmpty()) {
      return LocalOrZoned.local(date.atTime(time));
    }
    // In 2024-01-02T10:00+01:00[Europe/Paris] and +0100 (CET) the offset is enough.
    int more = tail.indexOf('[') > 0 ? tail.indexOf('[') : tail.indexOf('(');
    Optional<ZoneId> zone = Zones.of(more > 0 ? tail.substring(0, more).strip() : tail);
    if (zone.isEmpty()) {
      throw UnreadableValue.invalid(
          "dates with an unknown time zone",
          "The time %s ends in %s, which is no time zone; use an offset such as +01:00 or a name such as Europe/Paris, or give a format"
              .formatted(text, tail));
    }
    return new LocalOrZoned(date.atTime(time), zone);
  }

  private static LocalTime time(Matcher clock, String text) throws UnreadableValue {
    int hour = number(clock, 1);
    if (clock.group(5) != null) {
      if (hour < 1 || hour > 12) {
        throw Dates.noDate(text);
      }
      hour = hour % 12 + (clock.group(5).equalsIgnoreCase("p") ? 12 : 0);
    }
    String fraction = clock.group(4) == null ? "" : clock.group(4);
    try {
      return LocalTime.of(
          hour,
          number(clock, 2),
          clock.group(3) == null ? 0 : number(clock, 3),
          fraction.isEmpty() ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9)));
    } catch (DateTimeException e) {
      throw Dates.noDate(text);
    }
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }
}
