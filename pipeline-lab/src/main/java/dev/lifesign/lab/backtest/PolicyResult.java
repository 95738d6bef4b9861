package dev.lifesign.lab.backtest;

import dev.lifesign.domain.status.Status;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a policy would have published, and whether it would have been right.
 *
 * @param name the name of the policy
 * @param folds one per holdout
 * @param cases what each case raised and told
 * @param entries entries into each status, by the first day of the week
 * @param errors how sure the values of the last holdout are
 * @param leadDays median days from entering AT_RISK to entering CHURNED, the time there is to act;
 *     NaN if no customer churned
 */
public record PolicyResult(
    String name,
    List<Fold> folds,
    List<CaseRow> cases,
    SortedMap<Integer, Map<Status, Integer>> entries,
    Errors errors,
    double leadDays) {

  /**
   * One holdout.
   *
   * @param cutoff when customers were scored
   * @param comparison the policy's predictions beside the baselines'
   * @param statuses the outcomes for the customers of each status
   * @param probabilities how good the probabilities of coming back were
   * @param flaggedMoney what the customers that the policy predicted lost had spent
   * @param notificationsPerWeek notifications per week in the holdout
   * @param silence customers by 30 days of silence at the cutoff
   * @param seen whether the recommendation was chosen by this holdout, so that it does not judge it
   * @param seenByModel whether the policy's models were fitted to this holdout
   */
  public record Fold(
      long cutoff,
      Comparison comparison,
      List<StatusRow> statuses,
      Probabilities probabilities,
      FlaggedMoney flaggedMoney,
      double notificationsPerWeek,
      List<SilenceRow> silence,
      boolean seen,
      FittedUntil.Seen seenByModel) {}

  /**
   * Predictions against what happened.
   *
   * @param policy the policy's
   * @param fixed those of the best fixed silence in hindsight: nobody knew it at the cutoff
   * @param fixedDays that silence, days
   * @param guess those of the best guess that is the same for every customer, the majority baseline
   */
  public record Comparison(Judged policy, Judged fixed, int fixedDays, Judged guess) {}

  /**
   * Predictions that were judged.
   *
   * @param confusion how often they were right
   * @param value how good they were under the objective; NaN if the holdout says nothing about it
   */
  public record Judged(Confusion confusion, double value) {}

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
   * A case of the policy. Weeks go by their first day, in days since 1970-01-01.
   *
   * @param id the case
   * @param alerts alerts raised, by week
   * @param notifications facts that told people something, by week: those that notify and are not
   *     muted
   * @param alertsPerWeek alerts raised per week in the last holdout
   * @param notificationsPerWeek notifications per week in the last holdout
   * @param precision how many of its alerts were right
   * @param replayed whether the replay shows what it raises; otherwise its other figures are 0
   */
  public record CaseRow(
      String id,
      SortedMap<Integer, Integer> alerts,
      SortedMap<Integer, Integer> notifications,
      double alertsPerWeek,
      double notificationsPerWeek,
      Precision precision,
      boolean replayed) {}

  /**
   * How many alerts were about customers who did not buy for as long as a holdout.
   *
   * @param judged alerts raised early enough to know, anywhere in the history
   * @param right those whose customers did not buy
   */
  public record Precision(int judged, int right) {

    /** The share of right ones; NaN if none was judged. */
    public double share() {
      return judged == 0 ? Double.NaN : right / (double) judged;
    }
  }

  /**
   * The customers of a status at a cutoff.
   *
   * @param status the status
   * @param customers how many
   * @param back how many of them came back
   * @param daysToReturn median days until they did; NaN if none did
   */
  public record StatusRow(Status status, int customers, int back, double daysToReturn) {}

  /**
   * How a policy compares at the last holdout.
   *
   * @param errorToGiven the standard error of its difference from the first given policy, under the
   *     objective
   * @param errorToGuess the standard error of its difference from the best guess that is the same
   *     for every customer
   */
  public record Errors(double errorToGiven, double errorToGuess) {}

  /** The last holdout. */
  public Fold last() {
    return folds.get(folds.size() - 1);
  }
}
