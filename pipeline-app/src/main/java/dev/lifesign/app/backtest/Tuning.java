package dev.lifesign.app.backtest;

import dev.lifesign.app.fit.Finding;
import dev.lifesign.app.fit.Findings;
import dev.lifesign.app.fit.Fit;
import dev.lifesign.app.fit.History;
import dev.lifesign.app.fit.PolicyText;
import dev.lifesign.core.model.PurchaseDays;
import dev.lifesign.core.model.PurchaseModel;
import dev.lifesign.core.model.SpendFit;
import dev.lifesign.core.model.SpendModel;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.policy.RiskMethod;
import dev.lifesign.core.time.Instants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Tunes each risk method on a history: at the last cut but one, so that the last cut is where it is
 * known who came back. Nothing of the last holdout is looked at.
 */
final class Tuning {

  private static final int PERSONAL_FROM = 3;
  private static final Duration UNIT = Duration.ofDays(7);
  private static final double UNIT_DAYS = 7;
  private static final SpendModel NO_SPEND = new SpendModel(1, 2, 1e-6);

  private final List<PurchaseDays> customers;

  /** By customer: purchase days by the cut, days of silence at it, and whether it came back. */
  private final int[] known;

  private final double[] silences;
  private final boolean[] back;
  private final Policy policy;
  private final int cut;
  private final int end;
  private final CompletableFuture<Fit> now;

  private Tuning(History history, Policy policy, Cuts cuts, CompletableFuture<Fit> now) {
    this.policy = policy;
    this.cut = cuts.lastDay(cuts.folds() - 1);
    this.end = cuts.lastDay(cuts.folds());
    this.customers = history.customers().stream().filter(days -> days.until(this.cut) > 0).toList();
    this.now = now;
    this.known = customers.stream().mapToInt(days -> days.until(this.cut)).toArray();
    this.silences = new double[customers.size()];
    this.back = new boolean[customers.size()];
    for (int i = 0; i < silences.length; i++) {
      silences[i] = cut + 1 - customers.get(i).day(known[i] - 1);
      back[i] = customers.get(i).until(end) > known[i];
    }
  }

  /** What both families of models make of what is known by the last cut. */
  static Fit fit(History history, Policy policy, Cuts cuts) {
    return fit(history.customers(), policy, cuts.lastDay(cuts.folds()));
  }

  private static Fit fit(Collection<PurchaseDays> customers, Policy policy, int cut) {
    return Fit.of(
        customers,
        List.of(PurchaseModel.Family.values()),
        cut,
        UNIT_DAYS,
        policy.currency().minorUnits());
  }

  /**
   * What the history says.
   *
   * @param base the policy whose risk method is to be chosen, and its text
   * @param now the models of what is known by the last cut, which may be on their way
   */
  static Recommendation of(
      History history, Policy base, String text, Cuts cuts, CompletableFuture<Fit> now) {
    return new Tuning(history, base, cuts, now).recommend(text);
  }

  private Recommendation recommend(String text) {
    Threshold fixed = threshold(i -> true);
    Threshold few = threshold(i -> known[i] < PERSONAL_FROM);
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(
        new Candidate(
            new Recommendation.Tried(RiskMethod.FIXED, fixed.days() + " days", fixed.accuracy()),
            PolicyText.of(text).method(RiskMethod.FIXED).fixed(fixed.days()).text()));
    candidates.add(personal(text, few));
    model(text).ifPresent(candidates::add);
    List<Candidate> sorted =
        candidates.stream()
            .sorted(Comparator.comparingDouble(each -> -each.tried().accuracy()))
            .toList();
    return new Recommendation(
        sorted.get(0).tried().method(),
        sorted.get(0).policy(),
        fixed.days(),
        candidates.get(0).policy(),
        sorted.stream().map(Candidate::tried).toList());
  }

  private record Candidate(Recommendation.Tried tried, String policy) {}

  private Candidate personal(String text, Threshold few) {
    Policy.Personal bounds = policy.lifecycle().risk().personal();
    double[] gaps =
        IntStream.range(0, known.length)
            .mapToDouble(
                i -> {
                  PurchaseDays days = customers.get(i);
                  return (days.day(known[i] - 1) - days.day(0)) / (known[i] - 1.0);
                })
            .toArray();
    double best = -1;
    double bestFactor = 0;
    for (int quarters = 2; quarters <= 40; quarters++) {
      double factor = quarters / 4.0;
      double accuracy =
          accuracy(
              i -> {
                if (known[i] < PERSONAL_FROM) {
                  return few.days();
                }
                return Math.max(
                    bounds.min() / (double) Instants.DAY,
                    Math.min(bounds.max() / (double) Instants.DAY, factor * gaps[i]));
              });
      if (accuracy > best) {
        best = accuracy;
        bestFactor = factor;
      }
    }
    return new Candidate(
        new Recommendation.Tried(
            RiskMethod.PERSONAL,
            "%s times the own gap, %d days before three purchase days"
                .formatted(bestFactor, few.days()),
            best),
        PolicyText.of(text)
            .method(RiskMethod.PERSONAL)
            .factor(bestFactor)
            .fixed(few.days())
            .text());
  }

  private Optional<Candidate> model(String text) {
    Fit then = fit(customers, policy, cut);
    Fit last = now.join();
    if (!isSound(then) || !isSound(last)) {
      return Optional.empty();
    }
    PurchaseModel model = then.best().model();
    Threshold once =
        model.family() == PurchaseModel.Family.BG_NBD
            ? threshold(i -> known[i] == 1)
            : new Threshold((int) (policy.lifecycle().risk().fixed() / Instants.DAY), 0);
    double[] accuracies =
        accuracies(
            new ModelThreshold(model, policy.lifecycle().risk().model(), once.days(), UNIT_DAYS));
    int most = 0;
    for (int i = 1; i < accuracies.length; i++) {
      most = accuracies[i] > accuracies[most] ? i : most;
    }
    double best = accuracies[most];
    double bestAlive = ModelThreshold.alive(most + 1);
    return Optional.of(
        new Candidate(
            new Recommendation.Tried(
                RiskMethod.MODEL,
                "%s, at risk from a probability of %.2f of being alive"
                    .formatted(model.family(), bestAlive),
                best),
            PolicyText.of(text)
                .method(RiskMethod.MODEL)
                .alive(bestAlive)
                .fixed(once.days())
                .model(
                    last.best().model(),
                    UNIT,
                    last.spend().filter(SpendFit::found).map(SpendFit::model).orElse(NO_SPEND))
                .text()));
  }

  private static boolean isSound(Fit fit) {
    if (fit.fits().isEmpty()) {
      return false;
    }
    List<Finding> findings = Findings.of(fit, Optional.empty());
    return Findings.isSound(findings);
  }

  /**
   * The share called rightly at each percentage from 1 to 99 of being alive: a customer is a risk
   * from one of them on.
   */
  private double[] accuracies(ModelThreshold risk) {
    int[] from =
        IntStream.range(0, customers.size())
            .parallel()
            .map(
                i ->
                    risk.leastPercent(
                        silences[i], customers.get(i).purchases(cut, UNIT_DAYS).orElseThrow()))
            .toArray();
    long[] turns = new long[ModelThreshold.MOST_PERCENT + 2];
    long right = 0;
    for (int i = 0; i < from.length; i++) {
      right += back[i] ? 1 : 0;
      turns[from[i]] += back[i] ? -1 : 1;
    }
    double[] accuracies = new double[ModelThreshold.MOST_PERCENT];
    for (int percent = 1; percent <= ModelThreshold.MOST_PERCENT; percent++) {
      right += turns[percent];
      accuracies[percent - 1] = customers.isEmpty() ? 0 : right / (double) customers.size();
    }
    return accuracies;
  }

  private Threshold threshold(IntPredicate of) {
    int[] those = IntStream.range(0, customers.size()).filter(of).toArray();
    return Threshold.tuned(
        new Ranking(
            Arrays.stream(those).mapToDouble(i -> silences[i]).toArray(),
            Arrays.stream(those).filter(i -> back[i]).mapToDouble(i -> silences[i]).toArray()));
  }

  /** The share called rightly, if the i-th customer's silence is a risk after so many days. */
  private double accuracy(IntToDoubleFunction risk) {
    long right = 0;
    for (int i = 0; i < customers.size(); i++) {
      right += silences[i] >= risk.applyAsDouble(i) != back[i] ? 1 : 0;
    }
    return customers.isEmpty() ? 0 : right / (double) customers.size();
  }
}
