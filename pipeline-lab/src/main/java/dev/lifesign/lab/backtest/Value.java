package dev.lifesign.lab.backtest;

import java.util.List;

/** An objective over several cutoffs: the mean of those that say something about it. */
final class Value {

  private Value() {}

  /**
   * The value of predictions; NaN if no cutoff says anything.
   *
   * @param flagged the customers predicted lost, per cutoff
   * @param all all customers, per cutoff
   */
  static double of(Objective objective, List<Outcomes> flagged, List<Outcomes> all) {
    double sum = 0;
    int defined = 0;
    for (int cut = 0; cut < all.size(); cut++) {
      if (objective.isDefined(all.get(cut))) {
        sum += objective.of(flagged.get(cut), all.get(cut));
        defined++;
      }
    }
    return sum / defined;
  }

  /** The value of the best guess that is the same for every customer, chosen at each cutoff. */
  static double ofGuess(Objective objective, List<Outcomes> all) {
    double sum = 0;
    int defined = 0;
    for (Outcomes each : all) {
      if (objective.isDefined(each)) {
        sum += objective.ofGuess(each);
        defined++;
      }
    }
    return sum / defined;
  }
}
