package dev.lifesign.lab.backtest;

import java.util.List;

/**
 * The shares of the customers who came back within a holdout.
 *
 * @param earlier over the cutoffs that were tuned on; NaN without such a cutoff
 * @param last at the last cutoff
 */
public record Returned(double earlier, double last) {

  private static final double APART = 1 / 3.0;
  private static final double LEAST = 0.02;

  static Returned of(List<Outcomes> earlier, Outcomes last) {
    return new Returned(share(earlier.stream().reduce(Outcomes.NONE, Outcomes::plus)), share(last));
  }

  private static double share(Outcomes all) {
    return all.back() / (double) all.size();
  }

  /**
   * Whether they differ by more than a third and by two points, as where there is a trend or a
   * season.
   */
  public boolean isApart() {
    return Math.abs(last - earlier) > Math.max(LEAST, APART * Math.max(last, earlier));
  }
}
