package dev.lifesign.app.backtest;

import dev.lifesign.core.model.PurchaseModel;
import dev.lifesign.core.model.Purchases;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.time.Instants;

/**
 * The silence that is a risk under a model, as the timeline has it.
 *
 * @param model its purchases are counted in units of {@code unitDays}
 * @param bounds what the silence is held between
 * @param once days of silence that are a risk where the model lets nobody leave
 * @param unitDays days of the model's unit of time
 */
record ModelThreshold(PurchaseModel model, Policy.ModelRisk bounds, int once, double unitDays) {

  /** The highest percentage of being alive that is tried. */
  static final int MOST_PERCENT = 99;

  private static final double PERCENT = 100;

  /** The probability that is meant by a percentage. */
  static double alive(int percent) {
    return percent / PERCENT;
  }

  /** The silence in days from which it is a risk to be alive with a probability no higher. */
  double silence(double alive, Purchases known) {
    if (!model.mayHaveLeft(known.repeats())) {
      return once;
    }
    double age = model.aliveUntil(alive, known.repeats(), known.last());
    return Math.max(
        bounds.min() / (double) Instants.DAY,
        Math.min(bounds.max() / (double) Instants.DAY, (age - known.last()) * unitDays));
  }

  /**
   * The least percentage of being alive, from 1 to 99, at which a silence is a risk; 100 if there
   * is none. Who is a risk at one is so at each that is higher, so it is looked for by halving.
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
