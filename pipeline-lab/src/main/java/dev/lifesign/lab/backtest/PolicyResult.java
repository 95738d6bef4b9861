package dev.lifesign.lab.backtest;

import dev.lifesign.domain.customer.Status;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a policy would have published, and whether it would have been right.
 *
 * @param name the name of the policy
 * @param folds one per holdout
 * @param alerts alerts raised, by the first day of the week, in days since 1970-01-01
 * @param entries entries into each status, by the first day of the week
 * @param leadDays median days from entering AT_RISK to entering CHURNED, the time there is to act;
 *     NaN if no customer churned
 */
public record PolicyResult(
    String name,
    List<Fold> folds,
    SortedMap<Integer, Integer> alerts,
    SortedMap<Integer, Map<Status, Integer>> entries,
    double leadDays) {

  /**
   * One holdout.
   *
   * @param cutoff when customers were scored
   * @param comparison the policy's predictions beside the baselines'
   * @param statuses the outcomes for the customers of each status
   * @param probabilities how good the probabilities of coming back were
   * @param flaggedMoney what the customers that the policy predicted lost had spent
   * @param alertsPerWeek alerts raised per week in the holdout
   * @param silence customers by 30 days of silence at the cutoff
   */
  public record Fold(
      long cutoff,
      Comparison comparison,
      List<StatusRow> statuses,
      Probabilities probabilities,
      FlaggedMoney flaggedMoney,
      double alertsPerWeek,
      List<SilenceRow> silence) {}

  /**
   * Predictions against what happened.
   *
   * @param policy the policy's
   * @param threshold the best fixed silence threshold, days, tuned on what was known at the cutoff
   * @param byThreshold that threshold's
   * @param byMajority those of the majority baseline, which predicts the same for every customer
   */
  public record Comparison(
      Confusion policy, int threshold, Confusion byThreshold, Confusion byMajority) {}

  /**
   * Net money, in the window before the cutoff, of the customers predicted lost.
   *
   * @param lost of those who did not come back
   * @param back of those who came back, the false alarms
   */
  public record FlaggedMoney(long lost, long back) {}

  /**
   * The customers in a range of silence.
   *
   * @param fromDays the start of the range, days, inclusive
   * @param back how many came back
   * @param lost how many did not
   */
  public record SilenceRow(int fromDays, int back, int lost) {}

  /**
   * The customers of a status at a cutoff.
   *
   * @param status the status
   * @param customers how many
   * @param back how many of them came back
   * @param daysToReturn median days until they did; NaN if none did
   */
  public record StatusRow(Status status, int customers, int back, double daysToReturn) {}

  /** The last holdout. */
  public Fold last() {
    return folds.get(folds.size() - 1);
  }
}
