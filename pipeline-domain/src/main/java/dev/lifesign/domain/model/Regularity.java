package dev.lifesign.domain.model;

import java.util.Optional;

/**
 * How regularly customers buy (Wheat and Morrison 1990): the shape of the gaps between purchases,
 * assumed Erlang-distributed. 1 is random, as the purchase models assume; well above 1 is regular,
 * such as monthly orders; below 1 is in bursts.
 *
 * @param shape the estimate
 * @param low the lower end of its 95 % interval
 * @param high the upper end; positive infinity if gaps may all be equal
 */
public record Regularity(double shape, double low, double high) {

  /** With fewer customers than this, the estimate means nothing. */
  private static final int FEWEST = 50;

  /** Half a 95 % interval, in standard errors. */
  private static final double NORMAL_95 = 1.96;

  /** Shapes above this are all the same: gaps are equal. */
  private static final double MOST = 1e6;

  /** The regularity; empty if too few customers have three purchase days up to {@code end}. */
  public static Optional<Regularity> of(Iterable<PurchaseDays> customers, int end) {
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (PurchaseDays days : customers) {
      int known = days.until(end);
      if (known >= 3) {
        double before = days.day(known - 2) - (double) days.day(known - 3);
        double last = days.day(known - 1) - (double) days.day(known - 2);
        // The order of two gaps carries no information: the mean share is one half.
        double share = before / (before + last) - 0.5;
        sum += share * share;
        squares += share * share * share * share;
        count++;
      }
    }
    if (count < FEWEST) {
      return Optional.empty();
    }
    double variance = sum / count;
    double error = Math.sqrt(Math.max(0, squares / count - variance * variance) / count);
    return Optional.of(
        new Regularity(
            shape(variance),
            shape(variance + NORMAL_95 * error),
            variance <= NORMAL_95 * error
                ? Double.POSITIVE_INFINITY
                : shape(variance - NORMAL_95 * error)));
  }

  /**
   * The shape whose share of two gaps has this variance: Beta-distributed with equal parameters.
   */
  private static double shape(double variance) {
    return Math.min(MOST, 1 / (8 * variance) - 0.5);
  }
}
