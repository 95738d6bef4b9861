package dev.lifesign.lab.backtest;

import dev.lifesign.domain.model.PurchaseModel;
import dev.lifesign.domain.model.Purchases;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.time.Instants;

/**
 * The silence that puts a customer at risk under a model, as the timeline computes it.
 *
 * @param model the model, whose times are in units of {@code unitDays}
 * @param bounds the shortest and the longest silence
 * @param fixedDays days of silence that put a customer at risk if it cannot have left under the
 *     model
 * @param unitDays the model's unit of time, days
 */
record ModelThreshold(
    PurchaseModel model, Policy.ModelRisk bounds, int fixedDays, double unitDays) {

  /** The highest percentage of being alive to try. */
  static final int MOST_PERCENT = 99;

  private static final double PERCENT = 100;

  /** A percentage as a probability. */
  static double alive(int percent) {
    return percent / PERCENT;
  }

  /**
   * The days of silence after which the probability of being alive is no higher than the given one.
   */
  double silence(double alive, Purchases known) {
    if (!model.mayHaveLeft(known.repeats())) {
      return fixedDays;
    }
    double age = model.aliveUntil(alive, known.repeats(), known.last());
    return Math.max(
        bounds.min() / (double) Instants.DAY,
        Math.min(bounds.max() / (double) Instants.DAY, (age - known.last()) * unitDays));
  }

  /**
   * The lowest percentage of being alive, from 1 to 99, at which a silence puts the customer at
   * risk; 100 if there is none. A customer at risk at one percentage is at risk at every higher
   * one, so a binary search finds it.
   */
  int leastPercent(double silenceDays, Purchases known) {
    int low = 1;
    int high = MOST_PERCENT + 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (silenceDays >= silence(alive(middle), known)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
