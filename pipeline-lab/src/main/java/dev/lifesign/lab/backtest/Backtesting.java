package dev.lifesign.lab.backtest;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.Line;
import dev.lifesign.lab.file.PolicyFile;
import dev.lifesign.lab.fit.Buyer;
import dev.lifesign.lab.fit.History;
import dev.lifesign.lab.fit.Tracking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/** A complete backtest: replays, tunes, chooses, judges. */
public final class Backtesting {

  private final EventFile file;
  private final List<String> names;
  private final List<PolicyFile> policies;
  private final BacktestPlan plan;
  private long lines;

  /**
   * A backtest.
   *
   * @param policies by name, at least one; tuning starts from the first, and its calendar numbers
   *     the days and weeks of the report
   */
  public Backtesting(EventFile file, Map<String, PolicyFile> policies, BacktestPlan plan) {
    this.file = file;
    this.names = List.copyOf(new LinkedHashMap<>(policies).keySet());
    this.policies = names.stream().map(policies::get).toList();
    this.plan = plan;
  }

  /** The number of lines that the last run read. */
  public long lines() {
    return lines;
  }

  /**
   * Runs it.
   *
   * @param total receives the number of steps once it is known: one per line read and two per event
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
    PolicyFile base = policies.get(0);
    lines = 0;
    file.readMany(
        shards::block,
        block -> {
          block.unreadable().forEach(unreadable);
          shards.add(block);
          lines += block.lines();
          step.accept(block.lines());
        });
    shards.finish();
    LongAdder events = new LongAdder();
    History history = history(shards, base.policy(), events::add);
    total.accept(lines + 2 * events.sum());
    Requirements requirements = new Requirements(plan, names, policies, history);
    requirements.checkPurchases();
    requirements.checkMoney();
    long end = plan.until().orElse(base.policy().days().startOf(history.last() + 1L));
    int lastCutoff = base.policy().days().dayOf(end) - plan.holdoutDays();
    requirements.checkLength(lastCutoff);
    Rhythm rhythm = Rhythm.of(history, lastCutoff);
    Cuts cuts =
        Cuts.of(
            end,
            plan.holdoutDays(),
            plan.folds(),
            plan.recommends() ? rhythm.ready() : OptionalInt.empty(),
            base.policy().calendar());
    CompletableFuture<Models> models =
        CompletableFuture.supplyAsync(() -> Models.of(history, base.policy(), cuts));
    int earliest = Math.max(plan.limits().minDays(), rhythm.halfGap());
    Candidates candidates = new Candidates(names, policies, plan, cuts, earliest);
    List<PolicyCounts> replayed =
        new Backtest(policies.stream().map(PolicyFile::policy).toList(), cuts, end)
            .run(shards, step);
    Optional<Choice> choice = candidates.choice(replayed, models.join());
    Observations atLast = replayed.get(0).observations(cuts.size() - 1);
    Verdict verdict =
        Verdict.of(
            atLast.outcomes(),
            choice,
            cuts.tuning().length,
            policies.size(),
            auroc(replayed.get(0), cuts));
    List<PolicyResult> results = new ArrayList<>();
    for (int i = 0; i < policies.size(); i++) {
      results.add(
          Judge.judge(
              names.get(i),
              cuts,
              replayed.get(i),
              atLast,
              plan.objective(),
              FittedUntil.of(policies.get(i))));
    }
    if (verdict.chosen() == policies.size()) {
      Candidate chosen = choice.orElseThrow().recommended().candidate();
      Cuts judged = cuts.judgedOnly();
      PolicyCounts counts =
          new Backtest(List.of(chosen.policy().policy()), judged, end).run(shards, step).get(0);
      results.add(
          Judge.judge(
              chosen.label(), judged, counts, atLast, plan.objective(), fitted(chosen, cuts)));
    } else {
      step.accept((int) Math.min(Integer.MAX_VALUE, events.sum()));
    }
    Verdict last = verdict.judged(results.get(0), results.get(verdict.chosen()));
    return new BacktestReport(
        new BacktestReport.Scope(
            history.purchases(),
            (int) history.customers().stream().filter(days -> days.size() > 0).count(),
            history.first(),
            history.last(),
            plan.holdoutDays(),
            plan.objective(),
            earliest,
            rhythm.gap().orElse(0),
            cuts.tuning().length,
            policies.size()),
        base.policy(),
        results,
        choice,
        last,
        last.recommended() < policies.size()
            ? policies.get(last.recommended()).text()
            : text(choice.orElseThrow().recommended().candidate(), cuts),
        Returned.of(
            Arrays.stream(cuts.tuning())
                .mapToObj(replayed.get(0)::observations)
                .map(Observations::outcomes)
                .toList(),
            atLast.outcomes()),
        tracking(history, models.join()),
        models.join().whyNone());
  }

  /** The text of a policy that was made here. */
  private String text(Candidate chosen, Cuts cuts) {
    return fitted(chosen, cuts).comment() + chosen.policy().text();
  }

  private FittedUntil fitted(Candidate chosen, Cuts cuts) {
    return FittedUntil.of(chosen, policies.get(0), cuts.lastDay(cuts.size() - 1));
  }

  /** The AUROC of silence alone, over the cutoffs that are tuned on. */
  private static double auroc(PolicyCounts counts, Cuts cuts) {
    int[] at = cuts.tuning().length > 0 ? cuts.tuning() : new int[] {cuts.size() - 1};
    return Arrays.stream(at)
        .mapToObj(counts::observations)
        .mapToDouble(each -> Probabilities.auroc(each.ranked(i -> -each.silentDays(i))))
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  /**
   * The purchases before the end.
   *
   * @param accepted receives the number of accepted events, from several threads
   */
  private History history(Shards shards, Policy policy, LongConsumer accepted) {
    long end = plan.until().orElse(Instants.FOREVER);
    return History.of(
        IntStream.range(0, shards.count())
            .parallel()
            .boxed()
            .flatMap(shard -> shards.buyers(shard, policy, end, accepted))
            .filter(Buyer::isKnown)
            .toList());
  }

  private static Optional<Tracking> tracking(History history, Models models) {
    return models.last().fits().isEmpty() || !models.last().best().found()
        ? Optional.empty()
        : Optional.of(
            Tracking.of(
                history.customers(),
                models.last().best().model(),
                models.last().cutoff(),
                history.last(),
                models.last().unit()));
  }
}
