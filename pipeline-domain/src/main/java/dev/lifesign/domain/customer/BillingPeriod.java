package dev.lifesign.domain.customer;

import dev.lifesign.domain.time.Instants;
import java.util.List;
import java.util.Optional;

/**
 * The period that a price is for. Periods that mean the same in practice are one: seven days are a
 * week, 28 to 31 days a month, 365 and 366 days a year.
 *
 * @param count how many units, from 1 to 999,999,999
 * @param unit the unit
 */
public record BillingPeriod(int count, Unit unit) {

  private static final int MOST_DIGITS = 9;
  private static final BillingPeriod WEEK = new BillingPeriod(1, Unit.WEEK);
  private static final BillingPeriod MONTH = new BillingPeriod(1, Unit.MONTH);
  private static final BillingPeriod QUARTER = new BillingPeriod(3, Unit.MONTH);
  private static final BillingPeriod YEAR = new BillingPeriod(1, Unit.YEAR);

  /** The usual periods, ascending, with their days. */
  private static final List<Usual> USUAL =
      List.of(
          new Usual(WEEK, 7), new Usual(MONTH, 30), new Usual(QUARTER, 91), new Usual(YEAR, 365));

  private record Usual(BillingPeriod period, int days) {

    long distance(long millis) {
      return Math.abs(millis - days * Instants.DAY);
    }
  }

  /** A unit, with the factor that makes the price of one unit one of a month. */
  public enum Unit {
    DAY('D', 365, 12),
    WEEK('W', 52, 12),
    MONTH('M', 1, 1),
    YEAR('Y', 1, 12);

    private final char letter;
    private final int numerator;
    private final int denominator;

    Unit(char letter, int numerator, int denominator) {
      this.letter = letter;
      this.numerator = numerator;
      this.denominator = denominator;
    }
  }

  /**
   * The period that a text says: {@code PnD}, {@code PnW}, {@code PnM} or {@code PnY} in ISO 8601;
   * empty for anything else.
   */
  public static Optional<BillingPeriod> of(String text) {
    int digits = text.length() - 2;
    if (digits < 1 || digits > MOST_DIGITS || text.charAt(0) != 'P') {
      return Optional.empty();
    }
    int count = 0;
    for (int i = 1; i <= digits; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return Optional.empty();
      }
      count = 10 * count + digit;
    }
    char letter = text.charAt(digits + 1);
    for (Unit unit : Unit.values()) {
      if (unit.letter == letter && count > 0) {
        return Optional.of(unit == Unit.DAY ? ofDays(count) : new BillingPeriod(count, unit));
      }
    }
    return Optional.empty();
  }

  private static BillingPeriod ofDays(int days) {
    return switch (days) {
      case 7 -> WEEK;
      case 28, 29, 30, 31 -> MONTH;
      case 365, 366 -> YEAR;
      default -> new BillingPeriod(days, Unit.DAY);
    };
  }

  /**
   * The one of a week, a month, a quarter and a year whose 7, 30, 91 or 365 days are nearest; of
   * two as near the shorter.
   *
   * @param millis more than 0
   */
  public static BillingPeriod nearest(long millis) {
    Usual nearest = USUAL.get(0);
    for (Usual usual : USUAL) {
      if (usual.distance(millis) < nearest.distance(millis)) {
        nearest = usual;
      }
    }
    return nearest.period();
  }

  /** Whether it is longer than another. */
  boolean isLongerThan(BillingPeriod other) {
    return factorNumerator() * other.factorDenominator()
        < other.factorNumerator() * factorDenominator();
  }

  /** What makes its price one of a month: the numerator of the factor. */
  long factorNumerator() {
    return unit.numerator;
  }

  /** What makes its price one of a month: the denominator of the factor. */
  long factorDenominator() {
    return (long) unit.denominator * count;
  }

  /** In ISO 8601, such as {@code P1M}. */
  @Override
  public String toString() {
    return "P" + count + unit.letter;
  }
}
