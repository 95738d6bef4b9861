package dev.lifesign.app.backtest;

import dev.lifesign.core.customer.Status;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a policy would have told, and whether it would have been right.
 *
 * @param name of the policy
 * @param folds one for each holdout
 * @param alerts raised, by week since 1970
 * @param entries into statuses, by week since 1970
 * @param leadDays median days from entering AT_RISK to entering CHURNED: how long one has to act;
 *     NaN if nobody churned
 */
public record PolicyResult(
    String name,
    List<Fold> folds,
    SortedMap<Long, Integer> alerts,
    SortedMap<Long, Map<Status, Integer>> entries,
    double leadDays) {

  /**
   * One holdout.
   *
   * @param cut when customers were looked at
   * @param confusion the policy's word against what happened
   * @param threshold the best fixed silence threshold, days, tuned on what was known at the cut
   * @param byThreshold that threshold's word
   * @param byMajority the word of whoever says of everybody what was right for most
   * @param statuses what became of the customers of each status
   * @param probabilities of coming back
   * @param moneyLost net money of the window of customers called lost who did not come back
   * @param moneyBack of those called lost who came back: what false alarms are about
   * @param alertsAWeek alerts raised a week in the holdout
   * @param silence customers by 30 days of silence at the cut
   */
  public record Fold(
      long cut,
      Confusion confusion,
      int threshold,
      Confusion byThreshold,
      Confusion byMajority,
      List<StatusRow> statuses,
      Probabilities probabilities,
      long moneyLost,
      long moneyBack,
      double alertsAWeek,
      List<SilenceRow> silence) {}

  /**
   * The customers silent for so long.
   *
   * @param fromDays inclusive
   * @param back how many came back
   * @param lost how many did not
   */
  public record SilenceRow(int fromDays, int back, int lost) {}

  /**
   * The customers of a status at a cut.
   *
   * @param status the status
   * @param customers how many
   * @param back how many of them came back
   * @param daysToReturn median days until they did; NaN if nobody did
   */
  public record StatusRow(Status status, int customers, int back, double daysToReturn) {}

  /** The last holdout. */
  public Fold last() {
    return folds.get(folds.size() - 1);
  }
}
