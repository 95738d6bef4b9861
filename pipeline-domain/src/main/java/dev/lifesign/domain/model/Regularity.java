package dev.lifesign.domain.model;

import java.util.OptionalDouble;

/**
 * How regularly customers buy (Wheat and Morrison 1990): the shape k of the gaps between purchases,
 * assumed Erlang-distributed. 1 is random, as the purchase models assume; well above 1 is regular,
 * such as monthly orders; below 1 is in bursts.
 */
public final class Regularity {

  /** With fewer customers than this, the estimate means nothing. */
  private static final int FEWEST = 50;

  private Regularity() {}

  /** The shape; empty if too few customers have three purchase days up to {@code end}. */
  public static OptionalDouble of(Iterable<PurchaseDays> customers, int end) {
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (PurchaseDays days : customers) {
      int known = days.until(end);
      if (known >= 3) {
        double before = days.day(known - 2) - (double) days.day(known - 3);
        double last = days.day(known - 1) - (double) days.day(known - 2);
        double share = before / (before + last);
        // The order of two gaps carries no information: count both orders.
        sum += 1;
        squares += share * share + (1 - share) * (1 - share);
        count += 2;
      }
    }
    if (count < 2 * FEWEST) {
      return OptionalDouble.empty();
    }
    double mean = sum / count;
    double variance = squares / count - mean * mean;
    return OptionalDouble.of(variance <= 0 ? 1e6 : (1 - 4 * variance) / (8 * variance));
  }
}
