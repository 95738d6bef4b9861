package dev.lifesign.domain.model;

/**
 * The probability that a customer buys within a time from now, as a function of the customer's age
 * while it buys nothing: it falls from the last purchase on. Times are in the model's unit.
 */
public final class ReturnCurve {

  /** How far the logarithm of the probability may be wrong, for a shape and times of about 1. */
  private static final double ROUNDING = 64 * Math.ulp(1.0);

  /** Far more than the steps of Halley's method, each of which triples the digits, or halves. */
  private static final int MOST_STEPS = 100;

  private final PurchaseModel model;
  private final double within;
  private final long repeats;
  private final double last;
  private final double shape;
  private final double leaving;

  /**
   * The curve of a customer.
   *
   * @param within how soon, more than 0
   * @param repeats x: purchases after the first; 0 or more
   * @param last t_x: when the last purchase was made; 0 without a repeat
   */
  public ReturnCurve(PurchaseModel model, double within, long repeats, double last) {
    this.model = model;
    this.within = within;
    this.repeats = repeats;
    this.last = last;
    this.shape = model.r() + repeats;
    this.leaving = model.mayHaveLeft(repeats) ? model.a() / (model.stayed(repeats) - 1) : 0;
  }

  /** The probability at an age; before the last purchase, that at the last purchase. */
  public double at(double age) {
    return model.purchaseWithin(within, new Purchases(repeats, last, Math.max(last, age)));
  }

  /**
   * An age, and how far it may be from the true one.
   *
   * @param age at which the probability has fallen to the value; negative infinity if it is not
   *     higher at the last purchase, and positive infinity if it is beyond the latest age
   * @param error 0 or more
   */
  public record Crossing(double age, double error) {}

  /**
   * The age at which the probability falls to a value, by Halley's method in the logarithm of α +
   * age, held within a bracket.
   *
   * @param probability between 0 and 1, both excluded
   * @param latest the latest age of interest, at least {@code last}
   */
  public Crossing falls(double probability, double latest) {
    if (at(last) <= probability) {
      return new Crossing(Double.NEGATIVE_INFINITY, 0);
    }
    if (at(latest) > probability) {
      return new Crossing(Double.POSITIVE_INFINITY, 0);
    }
    double alpha = model.alpha();
    double goal = Math.log(probability);
    double low = alpha + last;
    double high = alpha + latest;
    double at = low;
    for (int i = 0; i < MOST_STEPS; i++) {
      Point point = point(at);
      double over = point.log() - goal;
      if (over > 0) {
        low = at;
      } else {
        high = at;
      }
      double slope = point.slope();
      double noise = ROUNDING * (1 + shape) * (1 + at / within);
      if (Math.abs(over) <= noise) {
        return new Crossing(at - alpha, Math.min(2 * at * noise / -slope, latest - last));
      }
      double step = -2 * over * slope / (2 * slope * slope - over * point.bend());
      // e^step, to the order of the method.
      double next = at * (2 + step) / (2 - step);
      at = next > low && next < high ? next : (low + high) / 2;
    }
    return new Crossing(at - alpha, high - low);
  }

  /**
   * The curve at an age.
   *
   * @param log of the probability
   * @param slope its derivative with respect to the logarithm of α + age, below 0
   * @param bend its second derivative
   */
  private record Point(double log, double slope, double bend) {}

  /**
   * The curve at e = α + age, where the probability is (1 − none) / (1 + gone).
   *
   * @param e at least α + last
   */
  private Point point(double e) {
    double none = Math.exp(shape * Math.log(e / (e + within)));
    double gone =
        leaving == 0 ? 0 : leaving * Math.exp(shape * Math.log(e / (model.alpha() + last)));
    double left = gone == Double.POSITIVE_INFINITY ? 1 : gone / (1 + gone);
    double part = within / (e + within);
    double odds = none / (1 - none);
    return new Point(
        Math.log((1 - none) / (1 + gone)),
        -shape * (left + part * odds),
        -shape
            * (shape * left * (1 - left)
                - part * (1 - part) * odds
                + shape * part * part * odds / (1 - none)));
  }
}
