package dev.lifesign.domain.model;

/**
 * The future value of a customer: Σ E[purchases of a step] · E[spend] / (1 + d)^step, each step
 * discounted at its end (semantics, KPIs).
 *
 * @param step the length of a step, in the unit of the purchase model; more than 0
 * @param steps the number of steps, 1 or more
 * @param discount the discount per step, 0 or more
 */
public record LifetimeValue(double step, int steps, double discount) {

  /**
   * The value.
   *
   * @param spend expected worth of a purchase
   */
  public double of(PurchaseModel model, Purchases known, double spend) {
    double value = 0;
    double before = 0;
    for (int i = 1; i <= steps; i++) {
      double until = model.expected(i * step, known);
      value += (until - before) * spend / Math.pow(1 + discount, i);
      before = until;
    }
    return value;
  }
}
