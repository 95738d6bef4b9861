package dev.lifesign.lab.open;

import dev.lifesign.domain.time.LocalDays;
import dev.lifesign.lab.backtest.BacktestPlan;
import dev.lifesign.lab.backtest.Backtesting;
import dev.lifesign.lab.backtest.Confusion;
import dev.lifesign.lab.backtest.PolicyResult;
import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.PolicyFile;
import dev.lifesign.lab.fit.History;
import dev.lifesign.lab.fit.HistoryReader;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tests on a file's own past what the page does with the whole file: fits the models and decides.
 */
final class Tests {

  private static final int LONGEST_HOLDOUT = 90;
  private static final int SHORTEST_HOLDOUT = 21;

  /** A holdout is at most this part of the history. */
  private static final int HOLDOUTS = 4;

  /** Standard errors by which the rules must be better than a guess to be called useful. */
  private static final double SURE = 2;

  private Tests() {}

  /** How right the rules would have been; empty if the history is too short to say. */
  static Optional<Overview.Tested> of(
      EventFile file, PolicyFile base, History history, long until) {
    if (history.purchases() == 0) {
      return Optional.empty();
    }
    int holdout = Math.min(LONGEST_HOLDOUT, (history.last() - history.first()) / HOLDOUTS);
    if (holdout < SHORTEST_HOLDOUT) {
      return Optional.empty();
    }
    LocalDays days = base.policy().days();
    long cutoff = days.startOf((long) days.dayOf(until) - holdout);
    History before =
        HistoryReader.read(file, base.policy(), cutoff - 1, read -> {}, unreadable -> {});
    PolicyResult result =
        new Backtesting(
                file,
                Map.of("as opened", Fitting.of(before, base)),
                BacktestPlan.of(OptionalLong.of(until), holdout).judgingOnly())
            .run(total -> {}, step -> {}, unreadable -> {})
            .results()
            .get(0);
    return Optional.of(tested(result, holdout));
  }

  private static Overview.Tested tested(PolicyResult result, int holdout) {
    PolicyResult.Fold last = result.last();
    Confusion right = last.comparison().policy().confusion();
    double gain = last.comparison().policy().value() - last.comparison().guess().value();
    return new Overview.Tested(
        last.cutoff(),
        holdout,
        right.lostFlagged() + right.lostUnflagged(),
        right.recall(),
        right.backFlagged() + right.backUnflagged(),
        right.spared(),
        gain > SURE * result.errors().errorToGuess());
  }
}
