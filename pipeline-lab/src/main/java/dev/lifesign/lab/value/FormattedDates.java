package dev.lifesign.lab.value;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalField;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates and times in a given pattern. Impossible dates are refused. */
final class FormattedDates {

  private static final Pattern HALF_DAY_HOURS = Pattern.compile("[hK]");

  private static final String QUOTED = "'(?:[^']|'')*'";

  /** A quoted text, a run of letters of the year, or any other character. */
  private static final Pattern PARTS = Pattern.compile(QUOTED + "|y+|u+|.", Pattern.DOTALL);

  private final DateTimeFormatter format;
  private final DateOptions.Calendar calendar;

  /**
   * Dates in a pattern.
   *
   * @throws IllegalArgumentException if the pattern is not valid
   */
  FormattedDates(String pattern, DateOptions.Calendar calendar) {
    this.calendar = calendar;
    String bare = pattern.replaceAll(QUOTED, "");
    if (HALF_DAY_HOURS.matcher(bare).find() && bare.indexOf('a') < 0) {
      throw new IllegalArgumentException(
          "h and K are hours of a half day, and it has no a for am or pm; write HH for hours from 0 to 23");
    }
    this.format =
        builder(pattern, bare.indexOf('G') >= 0, calendar)
            .toFormatter(Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT);
  }

  /** The pattern with the proleptic year, since a strict {@code y} would need an era. */
  private static DateTimeFormatterBuilder builder(
      String pattern, boolean era, DateOptions.Calendar calendar) {
    DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
    StringBuilder before = new StringBuilder();
    Matcher parts = PARTS.matcher(pattern);
    while (parts.find()) {
      String part = parts.group();
      boolean year = !era && (part.charAt(0) == 'y' || part.charAt(0) == 'u');
      if (year && part.length() == 2) {
        builder.appendPattern(before.toString());
        builder.appendValueReduced(ChronoField.YEAR, 2, 2, firstShortYear(calendar));
        before.setLength(0);
      } else {
        before.append(year ? part.replace('y', 'u') : part);
      }
    }
    return builder.appendPattern(before.toString());
  }

  /** As Java reads {@code yy}: from 2000 on. Whoever writes a pattern may know Java's. */
  private static int firstShortYear(DateOptions.Calendar calendar) {
    return calendar == DateOptions.Calendar.JALALI ? DateParts.firstShortYear(calendar) : 2000;
  }

  /** Reads a time; empty if it is not in this pattern. */
  Optional<LocalOrZoned> read(String text) throws UnreadableValue {
    ParsePosition position = new ParsePosition(0);
    TemporalAccessor fields = format.parseUnresolved(text, position);
    if (fields == null || position.getErrorIndex() >= 0 || position.getIndex() < text.length()) {
      return Optional.empty();
    }
    long year = fields.isSupported(ChronoField.YEAR) ? fields.getLong(ChronoField.YEAR) : -1;
    if (year >= 0) {
      Dates.requirePlausible(calendar, (int) Math.min(year, 9999), text);
    }
    try {
      return Optional.of(
          calendar == DateOptions.Calendar.JALALI ? jalali(fields) : gregorian(text));
    } catch (DateTimeException e) {
      throw UnreadableValue.invalid(
          "dates that do not exist",
          "The date " + text + " does not exist; correct it at the source");
    }
  }

  private LocalOrZoned gregorian(String text) {
    TemporalAccessor parsed = format.parse(text);
    LocalDate date = parsed.query(TemporalQueries.localDate());
    if (date == null) {
      throw new DateTimeException("no date");
    }
    LocalTime time = parsed.query(TemporalQueries.localTime());
    ZoneId zone = parsed.query(TemporalQueries.zone());
    if (zone != null) {
      // EST is an offset; the formatter takes it for New York, whatever the season.
      zone = Zones.abbreviation(text.substring(text.lastIndexOf(' ') + 1)).orElse(zone);
    }
    return new LocalOrZoned(
        date.atTime(time == null ? LocalTime.MIDNIGHT : time), Optional.ofNullable(zone));
  }

  private static LocalOrZoned jalali(TemporalAccessor fields) {
    LocalDate date =
        DateParts.date(
            DateOptions.Calendar.JALALI,
            number(fields, ChronoField.YEAR),
            number(fields, ChronoField.MONTH_OF_YEAR),
            number(fields, ChronoField.DAY_OF_MONTH));
    int hour =
        fields.isSupported(ChronoField.CLOCK_HOUR_OF_AMPM)
            ? number(fields, ChronoField.CLOCK_HOUR_OF_AMPM) % 12
                + 12 * number(fields, ChronoField.AMPM_OF_DAY)
            : number(fields, ChronoField.HOUR_OF_DAY);
    LocalTime time =
        LocalTime.of(
            hour,
            number(fields, ChronoField.MINUTE_OF_HOUR),
            number(fields, ChronoField.SECOND_OF_MINUTE));
    ZoneId zone = fields.query(TemporalQueries.zone());
    return new LocalOrZoned(date.atTime(time), Optional.ofNullable(zone));
  }

  private static int number(TemporalAccessor fields, TemporalField field) {
    return fields.isSupported(field) ? Math.toIntExact(fields.getLong(field)) : 0;
  }
}
