package dev.lifesign.lab.backtest;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.lab.fit.Tracking;
import java.util.List;
import java.util.Optional;

/**
 * The results of a backtest.
 *
 * @param scope what it looked at
 * @param policy the first given policy; its calendar, currency and language are those of the report
 * @param results one per policy: those given, then, if another one was chosen, that one
 * @param choice how it was chosen; empty if it is too early to tune
 * @param verdict what is recommended
 * @param recommended the text of the recommended policy
 * @param returned how many came back, at the last cutoff and at those that were tuned on
 * @param tracking the tracking of the better purchase model, fitted to what was known at the last
 *     cutoff; empty if there is none
 * @param whyNoModel why the methods with a model were not tried; empty if they were
 */
public record BacktestReport(
    Scope scope,
    Policy policy,
    List<PolicyResult> results,
    Optional<Choice> choice,
    Verdict verdict,
    String recommended,
    Returned returned,
    Optional<Tracking> tracking,
    Optional<String> whyNoModel) {

  /** Keeps its own copy. */
  public BacktestReport {
    results = List.copyOf(results);
  }

  /**
   * What a backtest looked at. Days are counted from 1970-01-01.
   *
   * @param purchases the number of purchases
   * @param customers the number of customers with a purchase
   * @param first the day of the first purchase
   * @param last the day of the last purchase
   * @param holdoutDays the length of a holdout
   * @param objective what the recommendation was chosen by
   * @param earliest the shortest silence that may put a customer at risk, days
   * @param gap the median gap between a customer's purchase days; 0 if nobody bought twice
   * @param cutoffs how many cutoffs were tuned on
   * @param given how many of the results are of policies that were given
   */
  public record Scope(
      long purchases,
      int customers,
      int first,
      int last,
      int holdoutDays,
      Objective objective,
      int earliest,
      int gap,
      int cutoffs,
      int given) {}

  /** The result of the recommended policy. */
  public PolicyResult recommendedResult() {
    return results.get(verdict.recommended());
  }

  /** The result of the policy that was chosen where it was tuned, whatever became of it. */
  public PolicyResult chosenResult() {
    return results.get(verdict.chosen());
  }
}
