package dev.lifesign.lab.value;

import java.time.ZoneId;
import java.util.List;

/**
 * What a column of dates and times does not say by itself.
 *
 * @param formats the patterns of {@link java.time.format.DateTimeFormatter} to try; none for the
 *     known kinds
 * @param zone the zone of times without one
 * @param order whether {@code 03/04/2024} is in April or in March
 * @param calendar the calendar of years, months and days
 */
public record DateOptions(List<String> formats, ZoneId zone, Order order, Calendar calendar) {

  /** Keeps its own copy of the formats. */
  public DateOptions {
    formats = List.copyOf(formats);
  }

  /** The same with another order of day and month. */
  public DateOptions withOrder(Order other) {
    return new DateOptions(formats, zone, other, calendar);
  }

  /** The order of day and month where both are numbers and the year comes last. */
  public enum Order {
    /** As each date shows; a date that does not show it is refused. */
    AUTO,
    /** The day first: 31/12/2024. */
    DAY_FIRST,
    /** The month first: 12/31/2024. */
    MONTH_FIRST
  }

  /** A calendar of years, months and days. */
  public enum Calendar {
    /** January to December. */
    GREGORIAN,
    /** The Solar Hijri calendar of Iran, Farvardin to Esfand. */
    JALALI
  }
}
