package dev.lifesign.lab.backtest;

import java.util.OptionalLong;

/**
 * What to test.
 *
 * @param until the end of the history, exclusive; empty for the end of its last day
 * @param holdoutDays 1 or more
 * @param folds how many consecutive holdouts are shown, 1 or more
 * @param objective what the recommendation is chosen by
 * @param limits what it must keep to
 * @param recommends whether anything is recommended; otherwise the policies are only judged
 */
public record BacktestPlan(
    OptionalLong until,
    int holdoutDays,
    int folds,
    Objective objective,
    Limits limits,
    boolean recommends) {

  /** One holdout at the end, and the defaults for the rest. */
  public static BacktestPlan of(OptionalLong until, int holdoutDays) {
    return new BacktestPlan(until, holdoutDays, 1, new Objective.Balanced(), Limits.DEFAULT, true);
  }

  /** The same without a recommendation: it is as if it were too early for one. */
  public BacktestPlan judgingOnly() {
    return new BacktestPlan(until, holdoutDays, folds, objective, limits, false);
  }
}
