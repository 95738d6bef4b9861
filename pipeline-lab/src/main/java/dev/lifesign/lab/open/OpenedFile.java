package dev.lifesign.lab.open;

import dev.lifesign.domain.model.PurchaseModel;
import dev.lifesign.domain.policy.RiskMethod;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.backtest.BacktestReport;
import dev.lifesign.lab.backtest.Backtesting;
import dev.lifesign.lab.backtest.PolicyResult;
import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.PolicyFile;
import dev.lifesign.lab.fit.Finding;
import dev.lifesign.lab.fit.Findings;
import dev.lifesign.lab.fit.Fit;
import dev.lifesign.lab.fit.FittedPolicy;
import dev.lifesign.lab.fit.History;
import dev.lifesign.lab.fit.HistoryReader;
import dev.lifesign.lab.replay.DirectEngine;
import dev.lifesign.lab.replay.Replay;
import dev.lifesign.lab.replay.ReplayFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file that is read, fitted, tested and played through in one go.
 *
 * @param overview what it shows
 * @param policy the policy that decided, with models fitted to the file
 * @param results of the replay, to be written
 */
public record OpenedFile(Overview overview, PolicyFile policy, ReplayFiles results) {

  private static final Duration UNIT = Duration.ofDays(7);
  private static final int LONGEST_HOLDOUT = 90;
  private static final int SHORTEST_HOLDOUT = 21;

  /** With fewer, the model's predictions are guesswork. */
  private static final int FEWEST_REPEAT_BUYERS = 20;

  /** A holdout is at most this part of the history: as much is left to tune on, and more before. */
  private static final int HOLDOUTS = 4;

  /**
   * Opens a file.
   *
   * @param base the policy to begin with; models and, if they are sound, the risk method are set
   * @param until the instant to show; what arrives later is left out
   * @throws UserError if the file cannot be read
   */
  public static OpenedFile of(EventFile file, PolicyFile base, long until) {
    History history = HistoryReader.read(file, base.policy(), until, read -> {}, unreadable -> {});
    PolicyFile policy = history.purchases() == 0 ? base : fitted(history, base);
    Replay replay = new Replay(file, policy, until, total -> {}, line -> {}, unreadable -> {});
    ReplayFiles results = new ReplayFiles(true);
    new DirectEngine(replay, results).run();
    Overview overview =
        Opening.of(
            String.valueOf(Path.of(file.name()).getFileName()),
            policy.policy(),
            until,
            results.profiles(),
            results.statusChanges(),
            tested(file, base, history, until));
    return new OpenedFile(overview, policy, results);
  }

  private static PolicyFile fitted(History history, PolicyFile base) {
    Fit fit =
        Fit.of(
            history.customers(),
            List.of(PurchaseModel.Family.values()),
            history.last(),
            (double) UNIT.toDays(),
            base.policy().currency().minorUnits());
    if (fit.fits().isEmpty() || fit.sample().repeatBuyers() < FEWEST_REPEAT_BUYERS) {
      return base;
    }
    List<Finding> findings = Findings.of(fit, Optional.empty());
    // A policy that asks for another method keeps it, and gets the models for what they predict.
    String text =
        base.policy().lifecycle().silence().risk().method() == RiskMethod.FIXED
                || !Findings.isSound(findings)
            ? FittedPolicy.models(base.text(), fit, UNIT)
            : FittedPolicy.text(base.text(), fit, findings, UNIT);
    return PolicyFile.of(text, "the fitted policy");
  }

  private static Optional<Overview.Tested> tested(
      EventFile file, PolicyFile base, History history, long until) {
    if (history.purchases() == 0) {
      return Optional.empty();
    }
    int span = history.last() - history.first();
    int holdout = Math.min(LONGEST_HOLDOUT, span / HOLDOUTS);
    if (holdout < SHORTEST_HOLDOUT) {
      return Optional.empty();
    }
    BacktestReport report =
        new Backtesting(
                file,
                Map.of("as opened", base),
                Backtesting.Plan.of(OptionalLong.of(until), holdout))
            .run(total -> {}, step -> {}, unreadable -> {});
    PolicyResult.Fold fold = report.recommendedResult().last();
    return Optional.of(
        new Overview.Tested(
            fold.cutoff(),
            holdout,
            fold.comparison().policy().confusion().all(),
            fold.comparison().policy().confusion().accuracy(),
            fold.comparison().guess().confusion().accuracy()));
  }
}
