package dev.lifesign.domain.model;

/** Gauss' hypergeometric function, as far as the purchase models need it. */
final class Hypergeometric {

  private static final int MOST_TERMS = 20_000_000;
  private static final double NEGLIGIBLE = 1e-16;
  private static final double LARGE = 1e200;

  private Hypergeometric() {}

  /**
   * e^logScale · ₂F₁(a, b; c; z) by its series, which converges for 0 ≤ z &lt; 1. Terms may
   * overflow a double before they fall; the scale compensates for that.
   *
   * @param c neither 0 nor a negative whole number
   * @throws ArithmeticException if z is not in [0, 1)
   */
  static double scaled(double a, double b, double c, double z, double logScale) {
    if (!(z >= 0 && z < 1)) {
      throw new ArithmeticException("Expected z in [0, 1), but it is " + z);
    }
    double scale = logScale;
    double term = 1;
    double sum = 1;
    for (int n = 0; n < MOST_TERMS; n++) {
      double ratio = (a + n) * (b + n) / ((c + n) * (n + 1.0)) * z;
      term *= ratio;
      sum += term;
      if (Math.abs(sum) > LARGE) {
        sum /= LARGE;
        term /= LARGE;
        scale += Math.log(LARGE);
      }
      // Once the ratio has settled below one, a geometric series bounds the rest.
      if (Math.abs(ratio) < 1 && Math.abs(term) < NEGLIGIBLE * Math.abs(sum) * (1 - z)) {
        break;
      }
    }
    return sum * Math.exp(scale);
  }
}
