package dev.lifesign.lab.backtest;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.file.PolicyFile;
import dev.lifesign.lab.fit.History;
import java.time.LocalDate;
import java.util.List;

/**
 * What a history and policies need for a backtest.
 *
 * @param names of the policies
 */
record Requirements(
    BacktestPlan plan, List<String> names, List<PolicyFile> policies, History history) {

  /**
   * Checks that there is something to test on.
   *
   * @throws UserError if nobody bought anything
   */
  void checkPurchases() {
    if (history.purchases() == 0) {
      throw new UserError(
          "The history has no purchases, which a backtest needs; check --mapping, --csv and --until");
    }
  }

  /**
   * Checks that profits can be compared, where they are.
   *
   * @throws UserError if policies count money differently, or if there is none
   */
  void checkMoney() {
    if (!(plan.objective() instanceof Objective.Profit)) {
      return;
    }
    Policy first = policies.get(0).policy();
    for (int i = 1; i < policies.size(); i++) {
      Policy other = policies.get(i).policy();
      if (!other.currency().base().equals(first.currency().base())
          || other.rfm().windowDays() != first.rfm().windowDays()) {
        throw new UserError(
            "%s and %s count money differently, so their profit cannot be compared; give both the same currency.base and rfm.window"
                .formatted(names.get(0), names.get(i)));
      }
    }
    if (history.customers().stream().allMatch(days -> days.spent(history.last()) == 0)) {
      throw new UserError(
          "The history has no money, so there is no profit to compare; map a column of amounts, or choose another --objective");
    }
  }

  /**
   * Checks that the history is long enough to judge the policies.
   *
   * @throws UserError if it is too short
   */
  void checkLength(int lastCutoff) {
    if (lastCutoff - (long) plan.folds() * plan.holdoutDays() <= history.first()) {
      throw new UserError(
          "Expected a history of more than %d days (a holdout per fold and one before them), but it begins on %s; shorten --holdout or lower --folds"
              .formatted(
                  (plan.folds() + 1L) * plan.holdoutDays(), LocalDate.ofEpochDay(history.first())));
    }
  }
}
