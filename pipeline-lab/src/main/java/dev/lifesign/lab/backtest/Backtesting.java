package dev.lifesign.lab.backtest;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.Line;
import dev.lifesign.lab.file.PolicyFile;
import dev.lifesign.lab.fit.Buyer;
import dev.lifesign.lab.fit.History;
import dev.lifesign.lab.fit.PolicyText;
import dev.lifesign.lab.fit.Tracking;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/** A complete backtest: replays, tunes, chooses, judges. */
public final class Backtesting {

  private static final int DAYS_OF_WEEK = 7;

  private final EventFile file;
  private final List<String> names;
  private final List<PolicyFile> policies;
  private final Plan plan;
  private long lines;

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
  public record Plan(
      OptionalLong until,
      int holdoutDays,
      int folds,
      Objective objective,
      Limits limits,
      boolean recommends) {

    /** One holdout at the end, and the defaults for the rest. */
    public static Plan of(OptionalLong until, int holdoutDays) {
      return new Plan(until, holdoutDays, 1, new Objective.Balanced(), Limits.DEFAULT, true);
    }

    /** The same without a recommendation: it is as if it were too early for one. */
    public Plan judgingOnly() {
      return new Plan(until, holdoutDays, folds, objective, limits, false);
    }
  }

  /**
   * A backtest.
   *
   * @param policies by name, at least one; tuning starts from the first, and its calendar numbers
   *     the days and weeks of the report
   */
  public Backtesting(EventFile file, Map<String, PolicyFile> policies, Plan plan) {
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
    if (history.purchases() == 0) {
      throw new UserError(
          "Expected purchases in the history, which a backtest needs, but there are none; check --mapping, --csv and --until");
    }
    requireMoney(history);
    long end = plan.until().orElse(base.policy().days().startOf(history.last() + 1L));
    int lastCutoff = base.policy().days().dayOf(end) - plan.holdoutDays();
    requireLong(history, lastCutoff);
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
    List<Variant> variants = plan.recommends() ? variants(earliest) : List.of();
    List<PolicyCounts> replayed =
        new Backtest(
                policies.stream().map(PolicyFile::policy).toList(),
                variants.stream().map(each -> each.file().policy()).toList(),
                cuts,
                end)
            .run(shards, step);
    Optional<Choice> choice = choice(replayed, variants, cuts, earliest, models.join());
    Observations atLast = replayed.get(0).observations(cuts.size() - 1);
    Verdict verdict =
        Verdict.of(atLast.outcomes(), choice, policies.size(), auroc(replayed.get(0), cuts));
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
          new Backtest(List.of(chosen.policy().policy()), List.of(), judged, end)
              .run(shards, step)
              .get(0);
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

  /** Profit is counted in one currency, over one window, of amounts. */
  private void requireMoney(History history) {
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

  private void requireLong(History history, int lastCutoff) {
    if (lastCutoff - (long) plan.folds() * plan.holdoutDays() <= history.first()) {
      throw new UserError(
          "Expected a history of more than %d days (a holdout per fold and one before them), but it begins on %s; shorten --holdout or lower --folds"
              .formatted(
                  (plan.folds() + 1L) * plan.holdoutDays(), LocalDate.ofEpochDay(history.first())));
    }
  }

  /** The first given policy with other rules of silence. */
  private record Variant(Candidate.Origin origin, String name, PolicyFile file) {}

  /** The first given policy within the limits, and with the rules of silence of each preset. */
  private List<Variant> variants(int earliest) {
    PolicyFile base = policies.get(0);
    List<Variant> variants = new ArrayList<>();
    if (RiskSetting.earliest(base.policy()) < earliest) {
      variants.add(
          new Variant(
              Candidate.Origin.RAISED, names.get(0), raised(PolicyText.of(base.text()), earliest)));
    }
    for (String name : Presets.NAMES) {
      PolicyFile preset =
          raised(PolicyText.of(base.text()).silence(PolicyText.of(Presets.text(name))), earliest);
      Policy.Silence silence = preset.policy().lifecycle().silence();
      if (!silence.equals(base.policy().lifecycle().silence())
          && variants.stream()
              .noneMatch(each -> each.file().policy().lifecycle().silence().equals(silence))) {
        variants.add(new Variant(Candidate.Origin.PRESET, name, preset));
      }
    }
    return variants;
  }

  private static PolicyFile raised(PolicyText text, int earliest) {
    String bounded = text.riskMin(earliest).text();
    int fixed = RiskSetting.of(PolicyFile.of(bounded, "the policy").policy()).fixedDays();
    return PolicyFile.of(
        PolicyText.of(bounded).fixed(Math.max(fixed, earliest)).text(), "the policy");
  }

  /** The choice among all candidates; empty if it is too early to tune. */
  private Optional<Choice> choice(
      List<PolicyCounts> replayed, List<Variant> variants, Cuts cuts, int earliest, Models models) {
    List<Observations> base =
        Arrays.stream(cuts.tuning()).mapToObj(replayed.get(0)::observations).toList();
    if (base.stream().noneMatch(each -> plan.objective().isDefined(each.outcomes()))) {
      return Optional.empty();
    }
    // What happened after the last cutoff is not known yet.
    int lastWeek = cuts.weekOf(cuts.instant(cuts.size() - 1));
    int firstWeek = cuts.weekOf(cuts.instant(cuts.tuning()[0])) - DAYS_OF_WEEK;
    Tuning tuning =
        new Tuning(
            policies.get(0),
            base,
            plan.objective(),
            plan.limits(),
            earliest,
            replayed.get(0).alertsPerEntry(lastWeek),
            plan.holdoutDays());
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < policies.size(); i++) {
      PolicyCounts counts = replayed.get(i);
      candidates.add(
          new Candidate(
              i,
              Candidate.Origin.GIVEN,
              names.get(i),
              policies.get(i),
              Arrays.stream(cuts.tuning())
                  .mapToObj(counts::observations)
                  .map(each -> GroupSums.of(each, each::flagged))
                  .toList(),
              counts.alertsPerWeek(firstWeek, lastWeek),
              seen(policies.get(i), policies.get(i), cuts)));
    }
    for (int i = 0; i < variants.size(); i++) {
      int variant = i;
      candidates.add(
          new Candidate(
              candidates.size(),
              variants.get(i).origin(),
              variants.get(i).name(),
              variants.get(i).file(),
              base.stream()
                  .map(each -> GroupSums.of(each, any -> each.flaggedBy(variant, any)))
                  .toList(),
              tuning.alertsPerWeek(variants.get(i).file().policy()),
              // Decides by the given model, if by any.
              seen(variants.get(i).file(), policies.get(0), cuts)));
    }
    tuning.methods(models).forEach(each -> candidates.add(each.at(candidates.size())));
    return Optional.of(
        Choice.of(
            candidates,
            base.stream().map(each -> GroupSums.of(each, any -> true)).toList(),
            plan.objective(),
            plan.limits(),
            earliest));
  }

  /** Whether the model by which a policy decides had seen a holdout that is tuned on. */
  private static FittedUntil.Seen seen(PolicyFile decides, PolicyFile given, Cuts cuts) {
    return decides.policy().lifecycle().silence().risk().method().needsModel()
        ? FittedUntil.of(given).seen(cuts.list().get(cuts.tuning()[0]).day())
        : FittedUntil.Seen.NO;
  }

  /** How well silence alone tells who comes back. */
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
