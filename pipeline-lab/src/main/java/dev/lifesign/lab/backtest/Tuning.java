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
  private final NotificationRate notifications;
  private final double notificationsPerEntry;
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
   * @param notifications how often the policy told people something
   */
  Tuning(
      PolicyFile base,
      List<Observations> customers,
      Objective objective,
      Limits limits,
      int earliest,
      NotificationRate notifications,
      int holdoutDays) {
    this.base = base;
    this.customers = List.copyOf(customers);
    this.all = customers.stream().map(Observations::outcomes).toList();
    this.objective = objective;
    this.limits = limits;
    this.earliest = earliest;
    this.notifications = notifications;
    this.notificationsPerEntry = notificationsPerEntry();
    this.holdoutDays = holdoutDays;
  }

  /**
   * What cases about silence tell per customer who came to be at risk, counted as for the other
   * rules; 1 where nobody did.
   */
  private double notificationsPerEntry() {
    Policy policy = base.policy();
    RiskRule rule = RiskRule.of(policy);
    double entries = entriesPerWeek(Collections.nCopies(customers.size(), rule::isAtRisk));
    if (entries > 0) {
      return notifications.following() / entries;
    }
    return policy.cases().stream().anyMatch(NotificationRate::follows) ? 1 : 0;
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
    Settings factors =
        Settings.of(IntStream.rangeClosed(2, 40).mapToDouble(i -> (42 - i) / 4.0).toArray());
    Policy.Personal now = risk().personal();
    return tuned(
        same(new SilenceRule.Personal(bounds(now.min(), now.max()), factors)),
        (index, days) -> text(RiskMethod.PERSONAL, days).factor(factors.at(index)).text());
  }

  private Candidate alive(Models models) {
    Policy.ModelRisk now = risk().model();
    Settings shares = Settings.hundredths();
    return tuned(
        modelled(models, by -> new SilenceRule.Alive(by, bounds(now.min(), now.max()), shares)),
        (index, days) -> withModel(text(RiskMethod.MODEL, days).alive(shares.at(index)), models));
  }

  private Candidate returning(Models models) {
    Policy.ReturnRisk now = risk().returning();
    Duration within = Duration.ofDays(holdoutDays);
    Settings shares = Settings.hundredths();
    return tuned(
        modelled(
            models,
            by ->
                new SilenceRule.Return(
                    by, within.toMillis(), bounds(now.min(), now.max()), shares)),
        (index, days) ->
            withModel(text(RiskMethod.RETURN, days).returning(within, shares.at(index)), models));
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
    Settings days = days();
    SilenceRule fixed = new SilenceRule.Fixed(days);
    boolean isLimited = limits.notificationsPerWeek().isPresent();
    Sweep own = Sweep.of(rules, customers, applies, isLimited);
    Sweep others = Sweep.of(same(fixed), customers, applies.negate(), isLimited);
    // Each part of the customers gets its part of the notifications.
    double part = isLimited ? share(applies) : 1;
    int ownBest = own.best(objective, all, i -> isAllowed(own, i, part));
    int othersBest = others.best(objective, all, i -> isAllowed(others, i, 1 - part));
    String tuned = make.of(ownBest, (int) days.at(othersBest));
    List<Predicate<Silent>> isAtRisk =
        rules.stream()
            .map(rule -> new RiskRule(rule, fixed))
            .map(rule -> (Predicate<Silent>) each -> rule.isAtRisk(ownBest, othersBest, each))
            .toList();
    return new Candidate(
        0,
        Candidate.Origin.TUNED,
        "",
        PolicyFile.of(tuned, "a tuned policy"),
        flagged(isAtRisk),
        notificationsPerWeek(isAtRisk),
        // Each cutoff has its own fit, which knows nothing that came later.
        FittedUntil.Seen.NO);
  }

  /**
   * The given policy with other rules of silence.
   *
   * @param origin where they come from
   * @param seen whether a model that they decide by had seen what came after the cutoffs
   */
  Candidate untuned(
      Candidate.Origin origin, String name, PolicyFile policy, FittedUntil.Seen seen) {
    RiskRule rule = RiskRule.of(policy.policy());
    List<Predicate<Silent>> isAtRisk = Collections.nCopies(customers.size(), rule::isAtRisk);
    return new Candidate(
        0, origin, name, policy, flagged(isAtRisk), notificationsPerWeek(isAtRisk), seen);
  }

  /**
   * The customers predicted lost, per cutoff: those at risk, and those for whom silence is no
   * matter.
   */
  private List<GroupSums> flagged(List<Predicate<Silent>> isAtRisk) {
    return IntStream.range(0, customers.size())
        .parallel()
        .mapToObj(
            cut -> {
              Observations each = customers.get(cut);
              return GroupSums.of(
                  each,
                  i ->
                      each.isSilenceDecisive(i)
                          ? isAtRisk.get(cut).test(each.silent(i))
                          : each.flagged(i));
            })
        .toList();
  }

  private double notificationsPerWeek(List<Predicate<Silent>> isAtRisk) {
    return notifications.others() + notificationsPerEntry * entriesPerWeek(isAtRisk);
  }

  /** How many customers came to be at risk in the week before a cutoff. */
  private double entriesPerWeek(List<Predicate<Silent>> isAtRisk) {
    return IntStream.range(0, customers.size())
        .parallel()
        .mapToLong(cut -> entered(customers.get(cut), isAtRisk.get(cut)))
        .average()
        .orElse(0);
  }

  private static long entered(Observations customers, Predicate<Silent> isAtRisk) {
    return customers
        .indexes()
        .filter(customers::isSilenceDecisive)
        .mapToObj(customers::silent)
        .filter(
            each ->
                isAtRisk.test(each)
                    && !(each.wasSilent(Sweep.WEEK) && isAtRisk.test(each.earlier(Sweep.WEEK))))
        .count();
  }

  private boolean isAllowed(Sweep sweep, int setting, double part) {
    return limits.notificationsPerWeek().isEmpty()
        || notificationsPerEntry * sweep.newlyPerWeek(setting)
            <= part * (limits.notificationsPerWeek().getAsDouble() - notifications.others());
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

  /** The silences to try, days, the longest first. */
  private Settings days() {
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
    return Settings.of(days.stream().mapToDouble(Integer::doubleValue).toArray());
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
