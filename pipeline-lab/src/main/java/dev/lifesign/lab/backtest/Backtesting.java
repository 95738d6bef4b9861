package dev.lifesign.lab.backtest;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.time.LocalDays;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.Line;
import dev.lifesign.lab.file.PolicyFile;
import dev.lifesign.lab.fit.Buyer;
import dev.lifesign.lab.fit.Fit;
import dev.lifesign.lab.fit.History;
import dev.lifesign.lab.fit.Tracking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/** A complete backtest: tunes, replays, judges, writes. */
public final class Backtesting {

  private final EventFile file;
  private final Map<String, PolicyFile> policies;
  private final OptionalLong until;
  private final int holdoutDays;
  private final int folds;

  /**
   * A backtest.
   *
   * @param policies by name, at least one; tuning starts from the first, and its calendar numbers
   *     the days and weeks of the report
   * @param until the end of the history, exclusive; empty for the end of its last day
   * @param holdoutDays 1 or more
   * @param folds 1 or more
   */
  public Backtesting(
      EventFile file,
      Map<String, PolicyFile> policies,
      OptionalLong until,
      int holdoutDays,
      int folds) {
    this.file = file;
    this.policies = new LinkedHashMap<>(policies);
    this.until = until;
    this.holdoutDays = holdoutDays;
    this.folds = folds;
  }

  /**
   * Runs it.
   *
   * @param total receives the number of steps once it is known: one per line read and one per event
   *     replayed
   * @param step receives the number of steps taken, from several threads
   * @param unreadable receives each line that is not an event, once
   * @throws UserError if the history is too short
   */
  public BacktestReport run(LongConsumer total, IntConsumer step, Consumer<Line> unreadable) {
    try (Shards shards = new Shards(file.size())) {
      return run(shards, total, step, unreadable);
    }
  }

  private BacktestReport run(
      Shards shards, LongConsumer total, IntConsumer step, Consumer<Line> unreadable) {
    PolicyFile base = policies.values().iterator().next();
    LongAdder steps = new LongAdder();
    file.readMany(
        shards::block,
        block -> {
          block.unreadable().forEach(unreadable);
          shards.add(block);
          steps.add(block.lines());
          step.accept(block.lines());
        });
    shards.finish();
    History history = history(shards, base.policy(), steps::add);
    total.accept(steps.sum());
    if (history.purchases() == 0) {
      throw new UserError(
          "Expected purchases in the history, but there are none; check --csv and --until");
    }
    LocalDays days = base.policy().days();
    long end = until.orElse(days.startOf(history.last() + 1L));
    Folds cutoffs = Folds.of(end, holdoutDays, folds, base.policy().calendar());
    if (cutoffs.days().get(0) <= history.first()) {
      throw new UserError(
          "Expected a history of more than %d days (a holdout per fold and one to tune on), but it begins on %s; shorten --holdout or lower --folds"
              .formatted((folds + 1) * holdoutDays, LocalDate.ofEpochDay(history.first())));
    }
    CompletableFuture<Fit> fit =
        CompletableFuture.supplyAsync(() -> Tuning.fit(history, base.policy(), cutoffs));
    Recommendation recommendation = Tuning.of(history, base.policy(), base.text(), cutoffs, fit);
    Map<String, PolicyFile> all = new LinkedHashMap<>(policies);
    all.put(BacktestReport.tunedName(recommendation.method()), read(recommendation.policy()));
    all.put(
        BacktestReport.fixedName(recommendation.fixedDays()), read(recommendation.fixedPolicy()));
    List<PolicyResult> results = new Backtest(all, cutoffs, end).run(shards, step);
    return BacktestReport.of(
        "%,d purchases by %,d customers, %s to %s; holdout of %d days, %d %s."
            .formatted(
                history.purchases(),
                history.customers().size(),
                LocalDate.ofEpochDay(history.first()),
                LocalDate.ofEpochDay(history.last()),
                holdoutDays,
                folds,
                folds == 1 ? "fold" : "folds"),
        results,
        policies.size(),
        recommendation,
        tracking(history, fit.join()),
        holdoutDays,
        days,
        base.policy().currency().minorUnits());
  }

  /**
   * The purchases before the end.
   *
   * @param accepted receives the number of accepted events, from several threads
   */
  private History history(Shards shards, Policy policy, LongConsumer accepted) {
    long end = until.orElse(Instants.FOREVER);
    return History.of(
        IntStream.range(0, shards.count())
            .parallel()
            .boxed()
            .flatMap(shard -> shards.buyers(shard, policy, end, accepted))
            .filter(Buyer::isKnown)
            .toList());
  }

  private static PolicyFile read(String text) {
    return new PolicyFile(
        PolicyReader.read(text)
            .policy()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "A tuned policy could not be read: " + PolicyReader.read(text).faults())),
        text);
  }

  private static Optional<Tracking> tracking(History history, Fit fit) {
    return fit.fits().isEmpty() || !fit.best().found()
        ? Optional.empty()
        : Optional.of(
            Tracking.of(
                history.customers(), fit.best().model(), fit.cutoff(), history.last(), fit.unit()));
  }

  /** Writes {@code backtest.html}, {@code backtest.json} and {@code recommended.yaml}. */
  public static void write(BacktestReport report, Path out) {
    try {
      Files.createDirectories(out);
      Files.writeString(out.resolve("backtest.html"), BacktestHtml.of(report));
      Files.writeString(out.resolve("backtest.json"), BacktestJson.of(report));
      Files.writeString(
          out.resolve("recommended.yaml"),
          "# Written by lifesign backtest.\n# "
              + report.verdict()
              + "\n"
              + report.recommendedPolicy());
    } catch (IOException e) {
      throw new UserError(
          "The report cannot be written to %s: %s; choose another folder with --out"
              .formatted(out, e.getMessage()),
          e);
    }
  }
}
