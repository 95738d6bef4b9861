package dev.lifesign.domain.model;

import org.hipparchus.special.Gamma;

/**
 * How customers buy until they leave. Each buys at a rate of its own, drawn from a Gamma (shape r,
 * rate α), and leaves for good with a probability of its own, drawn from a Beta (a, b). BG/NBD
 * (Fader, Hardie and Lee 2005): a customer may leave after any purchase except the first. MBG/NBD
 * (Batislam, Denizel and Filiztekin 2007): after the first too.
 *
 * <p>One form covers both: a customer with x repeats has been seen to stay b + x times, and once
 * more in the modified model. Everything is computed in logarithms and stays finite for any x up to
 * 10⁶ and any T up to 10⁵.
 *
 * @param family which of the two
 * @param r shape of the purchase rates, more than 0
 * @param alpha rate parameter of the purchase rates, in the unit of time, more than 0
 * @param a more than 0
 * @param b more than 0
 */
public record PurchaseModel(Family family, double r, double alpha, double a, double b) {

  /** How far on either side of a removable singularity the expectation is computed instead. */
  private static final double SINGULAR = 1e-5;

  /** The family of the model. */
  public enum Family {
    /** Beta-geometric / negative binomial. */
    BG_NBD,
    /** Modified BG/NBD: a customer may leave right after the first purchase. */
    MBG_NBD
  }

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException if one is not a number above 0
   */
  public PurchaseModel {
    if (!(isPositive(r) && isPositive(alpha) && isPositive(a) && isPositive(b))) {
      throw new IllegalArgumentException(
          "Expected r, alpha, a and b above 0, but they are %s, %s, %s and %s"
              .formatted(r, alpha, a, b));
    }
  }

  /** The log-likelihood of one customer. */
  public double logLikelihood(Purchases known) {
    long x = known.repeats();
    double stayed = stayed(x);
    double common =
        Gamma.logGamma(r + x)
            - Gamma.logGamma(r)
            + r * Math.log(alpha)
            + Gamma.logGamma(a + b)
            + Gamma.logGamma(stayed)
            - Gamma.logGamma(b)
            - Gamma.logGamma(a + stayed)
            - (r + x) * Math.log(alpha + known.last());
    double silence = silence(known);
    return common + (mayHaveLeft(x) ? logSum(-silence, logLeaving(x)) : -silence);
  }

  /**
   * The probability that the customer has not left. Falls as silence lasts; 1 if it cannot have
   * left.
   */
  public double alive(Purchases known) {
    if (!mayHaveLeft(known.repeats())) {
      return 1;
    }
    return 1 / (1 + Math.exp(logLeaving(known.repeats()) + silence(known)));
  }

  /**
   * The age at which the probability of being alive has fallen to a value, if the customer buys
   * nothing until then: the closed form of semantics §6. Positive infinity if it never falls that
   * far, or later than a double can hold; before the last purchase if the probability was never
   * that high.
   *
   * @param probability between 0 and 1, both excluded
   */
  public double aliveUntil(double probability, long repeats, double last) {
    if (!mayHaveLeft(repeats)) {
      return Double.POSITIVE_INFINITY;
    }
    double odds = Math.log((1 - probability) / probability) - logLeaving(repeats);
    return (alpha + last) * Math.exp(odds / (r + repeats)) - alpha;
  }

  /** The probability of at least one purchase within the time from now. */
  public double purchaseWithin(double time, Purchases known) {
    double none = -(r + known.repeats()) * Math.log1p(time / (alpha + known.age()));
    return alive(known) * -Math.expm1(none);
  }

  /** The expected number of purchases within the time from now. */
  public double expected(double time, Purchases known) {
    if (time == 0) {
      return 0;
    }
    double shape = a + stayed(known.repeats()) - 1;
    if (Math.abs(a - 1) < SINGULAR / 2) {
      return around(1, time, known);
    }
    if (Math.abs(shape) < SINGULAR / 2) {
      return around(a - shape, time, known);
    }
    double z = time / (alpha + known.age() + time);
    double first = shape - r - known.repeats();
    // Euler's transformation, in which nothing grows with x. But if its first parameter is
    // negative, its terms alternate and lose digits, unlike those of the published form.
    double gone =
        first >= 0
            ? Hypergeometric.scaled(first, a - 1, shape, z, (a - 1) * Math.log1p(-z))
            : Hypergeometric.scaled(
                r + known.repeats(),
                stayed(known.repeats()),
                shape,
                z,
                (r + known.repeats()) * Math.log1p(-z));
    return Math.max(0, alive(known) * shape / (a - 1) * (1 - gone));
  }

  /** The expected number of repeat purchases of a new customer within the time. */
  public double expected(double time) {
    return expected(time, Purchases.FIRST);
  }

  /**
   * The probability that a new customer makes exactly this many repeat purchases within the time.
   */
  public double probabilityOf(int repeats, double time) {
    double logAlphaShare = Math.log(alpha) - Math.log(alpha + time);
    double logTimeShare = Math.log(time) - Math.log(alpha + time);
    double fewer = 0;
    double term = 0;
    for (int j = 0; j <= repeats; j++) {
      fewer += j == 0 ? 0 : term;
      term =
          Math.exp(
              Gamma.logGamma(r + j)
                  - Gamma.logGamma(r)
                  - Gamma.logGamma(j + 1.0)
                  + r * logAlphaShare
                  + (j == 0 ? 0 : j * logTimeShare));
    }
    double stayed = stayed(repeats);
    double staying = Math.exp(logBeta(a, stayed) - logBeta(a, b)) * term;
    return mayHaveLeft(repeats)
        ? staying + Math.exp(logBeta(a + 1, stayed - 1) - logBeta(a, b)) * (1 - fewer)
        : staying;
  }

  /**
   * The median wait for the next purchase of a customer who has just made one and has not left,
   * counted from that purchase.
   */
  public double medianWait(long repeats, double last) {
    return (alpha + last) * Math.expm1(Math.log(2) / (r + repeats));
  }

  /** How often the customer was seen to stay, including the prior. */
  double stayed(long repeats) {
    return b + repeats + (family == Family.MBG_NBD ? 1 : 0);
  }

  /** Whether the customer had a chance to leave; if not, it is certainly alive. */
  public boolean mayHaveLeft(long repeats) {
    return repeats > 0 || family == Family.MBG_NBD;
  }

  private double logLeaving(long repeats) {
    return Math.log(a) - Math.log(stayed(repeats) - 1);
  }

  /**
   * The negative log-probability of the silence since the last purchase if the customer has not
   * left.
   */
  private double silence(Purchases known) {
    return (r + known.repeats())
        * Math.log1p((known.age() - known.last()) / (alpha + known.last()));
  }

  /** The expectation if a is at a removable singularity: the mean of both sides. */
  private double around(double singular, double time, Purchases known) {
    return (with(singular - SINGULAR).expected(time, known)
            + with(singular + SINGULAR).expected(time, known))
        / 2;
  }

  private PurchaseModel with(double newA) {
    return new PurchaseModel(family, r, alpha, newA, b);
  }

  private static double logSum(double one, double other) {
    double high = Math.max(one, other);
    return high + Math.log1p(Math.exp(Math.min(one, other) - high));
  }

  private static double logBeta(double one, double other) {
    return Gamma.logGamma(one) + Gamma.logGamma(other) - Gamma.logGamma(one + other);
  }

  private static boolean isPositive(double number) {
    return number > 0 && number < Double.POSITIVE_INFINITY;
  }
}
