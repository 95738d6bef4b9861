package dev.lifesign.domain.model;

import org.hipparchus.special.Gamma;

/**
 * Gamma-Gamma (Fader and Hardie 2013): the worth of a customer's purchases is Gamma-distributed
 * with shape p around the customer's own mean, and the rate parameters of customers are drawn from
 * a Gamma (q, v).
 *
 * @param p more than 0
 * @param q more than 0; above 1, the mean of all customers is finite
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
   * The expected worth of a customer's purchase.
   *
   * @param purchases the number observed, 0 or more
   * @param mean their mean worth, 0 or more; ignored if there are none
   */
  public double expected(long purchases, double mean) {
    double seen = purchases == 0 ? 0 : purchases * mean;
    double weight = p * purchases + q - 1;
    // If the population has no mean, only the customer's own remains.
    return weight > 0 ? p * (v + seen) / weight : mean;
  }

  /** The expected worth of a purchase by an unknown customer. */
  public double expected() {
    return expected(0, 0);
  }

  /**
   * The log-likelihood of a customer's mean.
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
