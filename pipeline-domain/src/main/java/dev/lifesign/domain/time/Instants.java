package dev.lifesign.domain.time;

import java.time.Instant;
import java.time.LocalDate;
import java.util.OptionalLong;

/**
 * Instants as milliseconds since 1970-01-01T00:00:00Z, plus two sentinels: {@link #NEVER} and
 * {@link #FOREVER}. Sums saturate at the sentinels.
 */
public final class Instants {

  /** Before every instant: it has not happened. */
  public static final long NEVER = Long.MIN_VALUE;

  /** After every instant: it will not happen, or it has no end. */
  public static final long FOREVER = Long.MAX_VALUE;

  /** Milliseconds in an hour. */
  public static final long HOUR = 3_600_000L;

  /** Milliseconds in 24 hours, a day as a duration; for calendar days see {@link LocalDays}. */
  public static final long DAY = 86_400_000L;

  private static final long YEAR_0 = LocalDate.of(0, 1, 1).toEpochDay();
  private static final long YEAR_10000 = LocalDate.of(10_000, 1, 1).toEpochDay();

  private Instants() {}

  /**
   * {@code instant + millis}; a sentinel stays as it is, and an overflow gives {@link #FOREVER}.
   *
   * @param instant milliseconds since 1970, or a sentinel
   * @param millis 0 or more
   */
  public static long plus(long instant, long millis) {
    if (instant == NEVER || instant == FOREVER) {
      return instant;
    }
    long sum = instant + millis;
    return sum < instant ? FOREVER : sum;
  }

  /** Whether the instant is neither {@link #NEVER} nor {@link #FOREVER}. */
  public static boolean isFinite(long instant) {
    return instant != NEVER && instant != FOREVER;
  }

  /** The instant, or empty for a sentinel. */
  public static OptionalLong finite(long instant) {
    return isFinite(instant) ? OptionalLong.of(instant) : OptionalLong.empty();
  }

  /** ISO 8601 in UTC, with three decimals if there are milliseconds; empty for a sentinel. */
  public static String format(long instant) {
    if (!isFinite(instant)) {
      return "";
    }
    long day = Math.floorDiv(instant, DAY);
    if (day < YEAR_0 || day >= YEAR_10000) {
      return Instant.ofEpochMilli(instant).toString();
    }
    LocalDate date = LocalDate.ofEpochDay(day);
    int millis = (int) Math.floorMod(instant, DAY);
    char[] text = "0000-00-00T00:00:00.000Z".toCharArray();
    digits(text, 4, date.getYear());
    digits(text, 7, date.getMonthValue());
    digits(text, 10, date.getDayOfMonth());
    digits(text, 13, millis / 3_600_000);
    digits(text, 16, millis / 60_000 % 60);
    digits(text, 19, millis / 1_000 % 60);
    if (millis % 1_000 == 0) {
      text[19] = 'Z';
      return new String(text, 0, 20);
    }
    digits(text, 23, millis % 1_000);
    return new String(text);
  }

  /**
   * Parses an instant in ISO 8601, as {@link Instant#parse} does.
   *
   * @throws java.time.DateTimeException if the text is not an instant
   * @throws ArithmeticException if the instant is out of range
   */
  public static long parse(String text) {
    // The form that format() writes is parsed without a formatter.
    boolean whole = text.length() == 20 && text.charAt(19) == 'Z';
    boolean millis = text.length() == 24 && text.charAt(23) == 'Z' && text.charAt(19) == '.';
    if ((whole || millis)
        && text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && text.charAt(10) == 'T'
        && text.charAt(13) == ':'
        && text.charAt(16) == ':') {
      int year = number(text, 0, 4);
      int month = number(text, 5, 7);
      int day = number(text, 8, 10);
      int hour = number(text, 11, 13);
      int minute = number(text, 14, 16);
      int second = number(text, 17, 19);
      int milli = millis ? number(text, 20, 23) : 0;
      if ((year | month | day | hour | minute | second | milli) >= 0
          && hour < 24
          && minute < 60
          && second < 60) {
        return LocalDate.of(year, month, day).toEpochDay() * DAY
            + hour * HOUR
            + minute * 60_000L
            + second * 1_000L
            + milli;
      }
    }
    return Instant.parse(text).toEpochMilli();
  }

  /** The number that the digits spell, or -1 if one of them is not a digit. */
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

  private static void digits(char[] text, int end, int value) {
    int rest = value;
    for (int i = end - 1; rest > 0; i--) {
      text[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
