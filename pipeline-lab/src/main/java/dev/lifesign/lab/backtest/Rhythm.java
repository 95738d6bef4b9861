package dev.lifesign.lab.backtest;

import dev.lifesign.domain.model.PurchaseDays;
import dev.lifesign.lab.fit.History;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * How often the customers of a shop buy.
 *
 * @param gap the median of all gaps between a customer's consecutive purchase days, days; empty if
 *     nobody bought on two days
 * @param ready the first day on which enough buyers are known to tune on; empty if there never are
 */
record Rhythm(OptionalInt gap, OptionalInt ready) {

  /** The buyers that tuning needs to know. */
  static final int BUYERS = 200;

  private static final int GAPS = 2;

  /**
   * The rhythm of the purchases before a day.
   *
   * @param before the day, days since 1970-01-01
   */
  static Rhythm of(History history, int before) {
    int first = history.first();
    int[] gaps = new int[Math.max(1, before - first + 1)];
    long count = 0;
    int[] firsts =
        history.customers().stream()
            .filter(days -> days.size() > 0 && days.day(0) < before)
            .mapToInt(days -> days.day(0))
            .sorted()
            .toArray();
    for (PurchaseDays days : history.customers()) {
      for (int i = 1; i < days.size() && days.day(i) < before; i++) {
        gaps[days.day(i) - days.day(i - 1)]++;
        count++;
      }
    }
    OptionalInt gap = median(gaps, count);
    return new Rhythm(
        gap,
        firsts.length < BUYERS
            ? OptionalInt.empty()
            : OptionalInt.of(
                Math.max(
                    first + GAPS * gap.orElse(0),
                    Arrays.stream(firsts, 0, BUYERS).max().orElseThrow() + 1)));
  }

  private static OptionalInt median(int[] counts, long count) {
    long left = (count + 1) / 2;
    for (int i = 0; i < counts.length && count > 0; i++) {
      left -= counts[i];
      if (left <= 0) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /**
   * Half the typical gap, rounded up. Customers who are silent for less may well be between two
   * orders.
   */
  int halfGap() {
    return (gap.orElse(0) + 1) / 2;
  }
}
