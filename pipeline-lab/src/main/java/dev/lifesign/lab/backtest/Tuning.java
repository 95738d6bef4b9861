package dev.lifesign.lab.backtest;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.RiskMethod;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.file.PolicyFile;
import dev.lifesign.lab.fit.Fit;
import dev.lifesign.lab.fit.PolicyText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Tunes every risk method to an objective, on what a replay of the given policy saw at several
 * cutoffs. Every method reads the silence that the timeline counted, so that tuning and judging
 * count alike.
 */
final class Tuning {

  private static final double QUARTERS = 4;
  private static final double PERCENT = 100;

  /** The longest silence is at least so many times the shortest: a slow shop needs room. */
  private static final int SLOWEST = 8;

  /** Whole days at first, then steps that a person would take: no shop tells 83 days from 85. */
  private static final int[][] STEPS = {{1, 30}, {5, 120}, {15, 360}, {30, 720}};

  private final PolicyFile base;
  private final List<Observations> customers;
  private final List<Outcomes> all;
  private final Objective objective;
  private final Limits limits;
  private final int earliest;
  private final double alertsPerEntry;
  private final int holdoutDays;

  /** The text of a policy with a method at a setting, by the setting's index. */
  private interface Make {
    /**
     * The text.
     *
     * @param fixedDays the silence for those to whom the method does not apply
     */
    String of(int index, int fixedDays);
  }

  /**
   * Tuning.
   *
   * @param base the policy whose risk method is tuned
   * @param customers as a replay of it saw them, per cutoff
   * @param earliest nobody is at risk after a silence of fewer days
   * @param alertsPerEntry how many alerts the policy raises per customer at risk
   */
  Tuning(
      PolicyFile base,
      List<Observations> customers,
      Objective objective,
      Limits limits,
      int earliest,
      double alertsPerEntry,
      int holdoutDays) {
    this.base = base;
    this.customers = List.copyOf(customers);
    this.all = customers.stream().map(Observations::outcomes).toList();
    this.objective = objective;
    this.limits = limits;
    this.earliest = earliest;
    this.alertsPerEntry = alertsPerEntry;
    this.holdoutDays = holdoutDays;
  }

  /** The methods, each at its best setting. */
  List<Candidate> methods(Models models) {
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(fixed());
    candidates.add(personal());
    if (models.whyNone().isEmpty()) {
      candidates.add(alive(models));
      candidates.add(returning(models));
    }
    return candidates;
  }

  private Candidate fixed() {
    return tuned(
        same(new SilenceRule.Nobody()), (index, days) -> text(RiskMethod.FIXED, days).text());
  }

  private Candidate personal() {
    List<Integer> quarters = IntStream.rangeClosed(2, 40).map(i -> 42 - i).boxed().toList();
    Policy.Personal now = risk().personal();
    return tuned(
        same(new SilenceRule.Personal(bounds(now.min(), now.max()), quarters)),
        (index, days) ->
            text(RiskMethod.PERSONAL, days).factor(quarters.get(index) / QUARTERS).text());
  }

  private Candidate alive(Models models) {
    Policy.ModelRisk now = risk().model();
    List<Integer> percents = IntStream.rangeClosed(1, 99).boxed().toList();
    return tuned(
        modelled(models, by -> new SilenceRule.Alive(by, bounds(now.min(), now.max()), percents)),
        (index, days) ->
            withModel(text(RiskMethod.MODEL, days).alive(percents.get(index) / PERCENT), models));
  }

  private Candidate returning(Models models) {
    Policy.ReturnRisk now = risk().returning();
    Duration within = Duration.ofDays(holdoutDays);
    List<Integer> percents = IntStream.rangeClosed(1, 99).boxed().toList();
    return tuned(
        modelled(
            models,
            by ->
                new SilenceRule.Return(
                    by, within.toMillis(), bounds(now.min(), now.max()), percents)),
        (index, days) ->
            withModel(
                text(RiskMethod.RETURN, days).returning(within, percents.get(index) / PERCENT),
                models));
  }

  private List<SilenceRule> same(SilenceRule rule) {
    return Collections.nCopies(customers.size(), rule);
  }

  private List<SilenceRule> modelled(
      Models models, Function<SilenceRule.Modelled, SilenceRule> make) {
    return models.tuning().stream()
        .map(Fit::best)
        .map(
            fit ->
                make.apply(
                    new SilenceRule.Modelled(
                        fit.model(), Models.UNIT.toMillis(), base.policy().days())))
        .toList();
  }

  /** Tunes a method, and the fixed silence for the customers to whom it does not apply. */
  private Candidate tuned(List<SilenceRule> rules, Make make) {
    Predicate<Silent> applies = rules.get(0)::appliesTo;
    List<Integer> days = days();
    List<SilenceRule> fixed = same(new SilenceRule.Fixed(days));
    Sweep own = Sweep.of(rules, customers, applies);
    Sweep others = Sweep.of(fixed, customers, applies.negate());
    // Each part of the customers gets its part of the alerts.
    double part = share(applies);
    int ownBest = own.best(objective, all, i -> isAllowed(own, i, part));
    int othersBest = others.best(objective, all, i -> isAllowed(others, i, 1 - part));
    String tuned = make.of(ownBest, days.get(othersBest));
    List<GroupSums> flagged =
        IntStream.range(0, customers.size())
            .mapToObj(
                cut ->
                    flagged(
                        customers.get(cut),
                        silent ->
                            applies.test(silent)
                                ? rules.get(cut).isAtRisk(ownBest, silent)
                                : fixed.get(cut).isAtRisk(othersBest, silent)))
            .toList();
    return new Candidate(
        0,
        Candidate.Origin.TUNED,
        "",
        PolicyFile.of(tuned, "a tuned policy"),
        flagged,
        alertsPerEntry * (own.newlyPerWeek(ownBest) + others.newlyPerWeek(othersBest)),
        // Each cutoff has its own fit, which knows nothing that came later.
        FittedUntil.Seen.NO);
  }

  /** How many alerts rules of silence would raise per week; NaN for those with a given model. */
  double alertsPerWeek(Policy other) {
    Policy.Risk risk = other.lifecycle().silence().risk();
    if (risk.method().needsModel()) {
      return Double.NaN;
    }
    SilenceRule own =
        risk.method() == RiskMethod.PERSONAL
            ? new SilenceRule.Personal(
                new SilenceRule.Bounds(risk.personal().min(), risk.personal().max()),
                List.of((int) Math.round(QUARTERS * risk.personal().factor().doubleValue())))
            : new SilenceRule.Nobody();
    SilenceRule fixed = new SilenceRule.Fixed(List.of(RiskSetting.of(other).fixedDays()));
    return alertsPerEntry
        * (Sweep.of(same(own), customers, own::appliesTo).newlyPerWeek(0)
            + Sweep.of(same(fixed), customers, silent -> !own.appliesTo(silent)).newlyPerWeek(0));
  }

  private static GroupSums flagged(Observations customers, Predicate<Silent> isAtRisk) {
    return GroupSums.of(
        customers,
        i ->
            customers.isSilenceDecisive(i)
                ? isAtRisk.test(customers.silent(i))
                : customers.flagged(i));
  }

  private boolean isAllowed(Sweep sweep, int setting, double part) {
    return limits.alertsPerWeek().isEmpty()
        || alertsPerEntry * sweep.newlyPerWeek(setting)
            <= part * limits.alertsPerWeek().getAsDouble();
  }

  private double share(Predicate<Silent> applies) {
    long some = 0;
    long most = 0;
    for (Observations each : customers) {
      for (int i = 0; i < each.size(); i++) {
        if (each.isSilenceDecisive(i)) {
          most++;
          some += applies.test(each.silent(i)) ? 1 : 0;
        }
      }
    }
    return most == 0 ? 1 : some / (double) most;
  }

  /** The silences to try, the longest first. */
  private List<Integer> days() {
    List<Integer> days = new ArrayList<>();
    int next = earliest;
    for (int[] step : STEPS) {
      next = (next + step[0] - 1) / step[0] * step[0];
      for (; next <= step[1]; next += step[0]) {
        days.add(next);
      }
    }
    if (days.isEmpty()) {
      days.add(earliest);
    }
    Collections.reverse(days);
    return days;
  }

  private Policy.Risk risk() {
    return base.policy().lifecycle().silence().risk();
  }

  private SilenceRule.Bounds bounds(long min, long max) {
    long least = Math.max(min, earliest * Instants.DAY);
    long most = Math.max(max, (long) SLOWEST * earliest * Instants.DAY);
    return new SilenceRule.Bounds(least, Math.max(most, least));
  }

  private PolicyText text(RiskMethod method, int fixedDays) {
    return PolicyText.of(base.text())
        .method(method)
        .fixed(fixedDays)
        .riskMin(earliest)
        .riskMax(SLOWEST * earliest);
  }

  private static String withModel(PolicyText text, Models models) {
    return text.model(models.last().best().model(), Models.UNIT, models.spend()).text();
  }
}
