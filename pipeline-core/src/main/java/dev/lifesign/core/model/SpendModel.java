package dev.lifesign.core.model;

import org.hipparchus.special.Gamma;

/**
 * Gamma-Gamma (Fader and Hardie 2013): what a purchase is worth spreads around a customer's own
 * mean as a Gamma of shape p, and the means spread so that their rates are a Gamma (q, v).
 *
 * @param p more than 0
 * @param q more than 0; the mean of all customers is finite above 1
 * @param v in the unit of money, more than 0
 */
public record SpendModel(double p, double q, double v) {

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException if one is not above 0
   */
  public SpendModel {
    if (!(p > 0 && q > 0 && v > 0)) {
      throw new IllegalArgumentException(
          "Expected p, q and v above 0, but they are %s, %s and %s".formatted(p, q, v));
    }
  }

  /**
   * Expected worth of a customer's purchase.
   *
   * @param purchases observed, 0 or more
   * @param mean of them, 0 or more; not looked at where there is none
   */
  public double expected(long purchases, double mean) {
    double seen = purchases == 0 ? 0 : purchases * mean;
    double weight = p * purchases + q - 1;
    // Where the population has no mean, there is only the customer's own.
    return weight > 0 ? p * (v + seen) / weight : mean;
  }

  /** Expected worth of a purchase of somebody of whom nothing is known. */
  public double expected() {
    return expected(0, 0);
  }

  /**
   * Logarithm of the likelihood of a customer's mean.
   *
   * @param purchases 1 or more
   * @param mean more than 0
   */
  public double logLikelihood(long purchases, double mean) {
    double shape = p * purchases;
    return Gamma.logGamma(shape + q)
        - Gamma.logGamma(shape)
        - Gamma.logGamma(q)
        + q * Math.log(v)
        + (shape - 1) * Math.log(mean)
        + shape * Math.log((double) purchases)
        - (shape + q) * Math.log(purchases * mean + v);
  }
}
