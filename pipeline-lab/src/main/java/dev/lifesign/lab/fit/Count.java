package dev.lifesign.lab.fit;

import java.util.Locale;

/** Counted things as words: "1 day", "2 days". */
final class Count {

  private Count() {}

  /**
   * A number and what it counts.
   *
   * @param one the word for a single one; its plural takes an s
   */
  static String of(long number, String one) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : one + "s");
  }

  /** A number, which need not be whole, and what it counts. */
  static String of(double number, String one) {
    return number == Math.rint(number) && Math.abs(number) < Long.MAX_VALUE
        ? of((long) number, one)
        : String.format(Locale.ROOT, "%.4f %ss", number, one);
  }
}
