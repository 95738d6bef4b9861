package dev.lifesign.app.backtest;

import dev.lifesign.app.UserError;
import dev.lifesign.app.config.PolicyFile;
import dev.lifesign.app.file.EventFile;
import dev.lifesign.app.file.Line;
import dev.lifesign.app.fit.Buyer;
import dev.lifesign.app.fit.Fit;
import dev.lifesign.app.fit.History;
import dev.lifesign.app.fit.Tracking;
import dev.lifesign.core.policy.Currencies;
import dev.lifesign.core.policy.PolicyReader;
import dev.lifesign.core.time.Instants;
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

/** A whole backtest: tunes, plays, judges, writes. */
public final class Backtesting {

  private final EventFile file;
  private final Map<String, PolicyFile> policies;
  private final OptionalLong until;
  private final int holdoutDays;
  private final int folds;

  /**
   * A backtest.
   *
   * @param policies by name, at least one; the first is the one that tuning starts from
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
   * @param total is told how many steps there are, when it is known: one for a line that is read,
   *     and one for an event that is played
   * @param step is told how many steps were taken; by several threads
   * @param unreadable is told each line that is no event, once
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
        shards::parcel,
        parcel -> {
          parcel.unreadable().forEach(unreadable);
          shards.add(parcel);
          steps.add(parcel.lines());
          step.accept(parcel.lines());
        });
    shards.finish();
    History history = history(shards, base.policy().currency(), steps::add);
    total.accept(steps.sum());
    if (history.purchases() == 0) {
      throw new UserError(
          "Expected purchases to judge by, but there is none; look at --csv, and at --until");
    }
    long end = until.orElse(Instants.startOf(history.last() + 1));
    Cuts cuts = Cuts.of(end, holdoutDays, folds);
    if (cuts.instants().get(0) <= Instants.startOf(history.first())) {
      throw new UserError(
          "Expected a history of more than %d days (%d holdouts and one to tune on), but it begins on %s; shorten --holdout, or take fewer --folds"
              .formatted((folds + 1) * holdoutDays, folds, LocalDate.ofEpochDay(history.first())));
    }
    CompletableFuture<Fit> fit =
        CompletableFuture.supplyAsync(() -> Tuning.fit(history, base.policy(), cuts));
    Recommendation recommendation = Tuning.of(history, base.policy(), base.text(), cuts, fit);
    Map<String, PolicyFile> all = new LinkedHashMap<>(policies);
    all.put(BacktestReport.tunedName(recommendation.method()), read(recommendation.policy()));
    all.put(
        BacktestReport.fixedName(recommendation.fixedDays()), read(recommendation.fixedPolicy()));
    List<PolicyResult> results = new Backtest(all, cuts, end).run(shards, step);
    return BacktestReport.of(
        "%,d purchases of %,d customers, %s to %s; holdout of %d days, %d %s."
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
        base.policy().currency().minorUnits());
  }

  /**
   * What was bought before the end.
   *
   * @param accepted is told how many events are accepted, by several threads
   */
  private History history(Shards shards, Currencies currencies, LongConsumer accepted) {
    long end = until.orElse(Instants.FOREVER);
    return History.of(
        IntStream.range(0, shards.count())
            .parallel()
            .boxed()
            .flatMap(shard -> shards.buyers(shard, currencies, end, accepted))
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
                        "A tuned policy can be read: " + PolicyReader.read(text).faults())),
        text);
  }

  private static Optional<Tracking> tracking(History history, Fit fit) {
    return fit.fits().isEmpty() || !fit.best().found()
        ? Optional.empty()
        : Optional.of(
            Tracking.of(
                history.customers(), fit.best().model(), fit.cut(), history.last(), fit.unit()));
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
          "Expected to write the report to %s, but: %s".formatted(out, e.getMessage()), e);
    }
  }
}
