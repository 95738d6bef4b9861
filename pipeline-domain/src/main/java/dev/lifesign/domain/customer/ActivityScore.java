package dev.lifesign.domain.customer;

import dev.lifesign.domain.time.Instants;

/**
 * A sum of weights that halves every half-life, kept in O(1) by forward decay (Cormode, Shkapenyuk,
 * Srivastava, Xu: Forward Decay, ICDE 2009).
 *
 * @param sum the decayed sum as of {@code asOf}
 * @param asOf milliseconds since 1970; NEVER before the first event
 */
public record ActivityScore(double sum, long asOf) {

  /** The score before the first event. */
  public static final ActivityScore NONE = new ActivityScore(0, Instants.NEVER);

  /** Adds the weight of an event that occurred at the instant, before or after {@code asOf}. */
  public ActivityScore plus(double weight, long occurredAt, long halfLife) {
    if (weight == 0) {
      return this;
    }
    if (asOf == Instants.NEVER) {
      return new ActivityScore(weight, occurredAt);
    }
    if (occurredAt >= asOf) {
      return new ActivityScore(sum * decay(occurredAt - asOf, halfLife) + weight, occurredAt);
    }
    return new ActivityScore(sum + weight * decay(asOf - occurredAt, halfLife), asOf);
  }

  /** The same score as of a later instant; needed when the half-life changes. */
  public ActivityScore decayedTo(long at, long halfLife) {
    return asOf == Instants.NEVER || at <= asOf
        ? this
        : new ActivityScore(sum * decay(at - asOf, halfLife), at);
  }

  /**
   * The sum as of an instant. Before {@code asOf} it is what would have decayed to the sum, had no
   * event occurred in between.
   */
  public double sumAt(long at, long halfLife) {
    return sum == 0 ? 0 : sum * decay(at - asOf, halfLife);
  }

  /** The score as displayed, 0 to 100: 100·(1 − e^(−S/scale)) with S decayed to the instant. */
  public double shown(long at, long halfLife, double scale) {
    return -100 * Math.expm1(-decayedTo(at, halfLife).sum() / scale);
  }

  private static double decay(long elapsed, long halfLife) {
    return Math.pow(2, -(double) elapsed / halfLife);
  }
}
