package dev.lifesign.domain.model;

/**
 * The probability that a customer buys within a time from now, as a function of the customer's age
 * while it buys nothing: it falls from the last purchase on. Times are in the model's unit.
 */
public final class ReturnCurve {

  /** An age is found to about this part of a unit in the last place of what it is made of. */
  private static final double ROUNDING = 64 * Math.ulp(1.0);

  /** Far more than the steps of Halley's method, each of which triples the digits, or halves. */
  private static final int MOST_STEPS = 100;

  private final PurchaseModel model;
  private final double within;
  private final long repeats;
  private final double last;

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
  }

  /** The probability at an age; before the last purchase, that at the last purchase. */
  public double at(double age) {
    return model.purchaseWithin(within, new Purchases(repeats, last, Math.max(last, age)));
  }

  /**
   * An age, and how far it may be from the true one.
   *
   * @param age positive infinity if it is beyond the latest
   * @param error 0 or more
   */
  public record Crossing(double age, double error) {}

  /**
   * The age at which the probability falls to a value, by Halley's method in the logarithm of α +
   * age, held within a bracket.
   *
   * @param probability between 0 and 1, both excluded
   * @param earliest an age at which the probability is higher, at least {@code last}
   * @param latest the latest age of interest, later than the earliest
   */
  public Crossing falls(double probability, double earliest, double latest) {
    double alpha = model.alpha();
    double shape = model.r() + repeats;
    double leaving = model.mayHaveLeft(repeats) ? model.a() / (model.stayed(repeats) - 1) : 0;
    double goal = Math.log(probability);
    double low = alpha + earliest;
    double high = alpha + latest;
    boolean reached = false;
    double at = low;
    for (int i = 0; i < MOST_STEPS; i++) {
      // With e = α + age: P = (1 − q) / (1 + g), q = (e / (e + w))^s, g = leaving · (e / (α +
      // last))^s.
      double none = Math.exp(shape * Math.log(at / (at + within)));
      double gone = leaving == 0 ? 0 : leaving * Math.exp(shape * Math.log(at / (alpha + last)));
      double over = Math.log((1 - none) / (1 + gone)) - goal;
      double left = gone == Double.POSITIVE_INFINITY ? 1 : gone / (1 + gone);
      double part = within / (at + within);
      double odds = none / (1 - none);
      double slope = -shape * (left + part * odds);
      if (over > 0) {
        low = at;
      } else {
        high = at;
        reached = true;
      }
      double bend =
          -shape
              * (shape * left * (1 - left)
                  - part * (1 - part) * odds
                  + shape * part * part * odds / (1 - none));
      double step = -2 * over * slope / (2 * slope * slope - over * bend);
      double next = at * (2 + step) / (2 - step);
      double error = at * ROUNDING * (1 + shape) * (1 + at / within) / -slope;
      if (Math.abs(next - at) <= error) {
        return new Crossing(next - alpha, 2 * error);
      }
      if (!(next > low && next < high)) {
        if (!reached && at == high) {
          return new Crossing(Double.POSITIVE_INFINITY, 0);
        }
        next = reached ? (low + high) / 2 : high;
      }
      at = next;
    }
    return new Crossing(at - alpha, high - low);
  }
}
