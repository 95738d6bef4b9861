package dev.lifesign.lab.backtest;

import java.util.Arrays;

/**
 * The fixed silence that would have been best, chosen with the outcomes known: a bound on what a
 * fixed silence can do, not a rule that anybody could have followed.
 *
 * @param days the silence, days
 * @param flagged the customers whom it predicts lost
 */
record Hindsight(int days, Outcomes flagged) {

  private static final int LONGEST = 730;

  /** The best silence of whole days since the last transaction. */
  static Hindsight of(Observations customers, Objective objective, Outcomes all) {
    Outcomes[] byDay = new Outcomes[LONGEST + 1];
    Arrays.fill(byDay, Outcomes.NONE);
    for (int i = 0; i < customers.size(); i++) {
      int day = (int) Math.min(LONGEST, customers.silentDays(i));
      byDay[day] = byDay[day].plus(customers.outcome(i));
    }
    Hindsight best = new Hindsight(LONGEST, byDay[LONGEST]);
    double most = Double.NEGATIVE_INFINITY;
    Outcomes flagged = Outcomes.NONE;
    for (int days = LONGEST; days >= 1; days--) {
      flagged = flagged.plus(byDay[days]);
      double value = objective.isDefined(all) ? objective.of(flagged, all) : flagged.lost();
      if (value > most) {
        most = value;
        best = new Hindsight(days, flagged);
      }
    }
    return best;
  }
}
