package dev.lifesign.lab.backtest;

import dev.lifesign.domain.model.PurchaseDays;
import dev.lifesign.domain.model.PurchaseModel;
import dev.lifesign.domain.model.SpendFit;
import dev.lifesign.domain.model.SpendModel;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.RiskMethod;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.fit.Finding;
import dev.lifesign.lab.fit.Findings;
import dev.lifesign.lab.fit.Fit;
import dev.lifesign.lab.fit.History;
import dev.lifesign.lab.fit.PolicyText;
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
 * Tunes each risk method on a history at the last cutoff but one, so that at the last cutoff it is
 * known who came back. The last holdout is not used.
 */
final class Tuning {

  private static final int PERSONAL_FROM = 3;
  private static final Duration UNIT = Duration.ofDays(7);
  private static final double UNIT_DAYS = 7;
  private static final SpendModel NO_SPEND = new SpendModel(1, 2, 1e-6);

  private final List<PurchaseDays> customers;

  /**
   * Per customer: purchase days up to the cutoff, days of silence at it, and whether it came back.
   */
  private final int[] known;

  private final double[] silences;
  private final boolean[] back;
  private final Policy policy;
  private final int cutoff;
  private final int end;
  private final CompletableFuture<Fit> lastFit;

  private Tuning(History history, Policy policy, Folds folds, CompletableFuture<Fit> lastFit) {
    this.policy = policy;
    this.cutoff = folds.lastDay(folds.folds() - 1);
    this.end = folds.lastDay(folds.folds());
    this.customers =
        history.customers().stream().filter(days -> days.until(this.cutoff) > 0).toList();
    this.lastFit = lastFit;
    this.known = customers.stream().mapToInt(days -> days.until(this.cutoff)).toArray();
    this.silences = new double[customers.size()];
    this.back = new boolean[customers.size()];
    for (int i = 0; i < silences.length; i++) {
      silences[i] = cutoff + 1 - customers.get(i).day(known[i] - 1);
      back[i] = customers.get(i).until(end) > known[i];
    }
  }

  /** Both model families, fitted to what is known at the last cutoff. */
  static Fit fit(History history, Policy policy, Folds folds) {
    return fit(history.customers(), policy, folds.lastDay(folds.folds()));
  }

  private static Fit fit(Collection<PurchaseDays> customers, Policy policy, int cutoff) {
    return Fit.of(
        customers,
        List.of(PurchaseModel.Family.values()),
        cutoff,
        UNIT_DAYS,
        policy.currency().minorUnits());
  }

  /**
   * The recommendation for a history.
   *
   * @param base the policy whose risk method is to be chosen
   * @param lastFit the models fitted to what is known at the last cutoff, possibly still being
   *     fitted
   */
  static Recommendation of(
      History history, Policy base, String text, Folds folds, CompletableFuture<Fit> lastFit) {
    return new Tuning(history, base, folds, lastFit).recommend(text);
  }

  private Recommendation recommend(String text) {
    Threshold fixed = threshold(i -> true);
    Threshold belowPersonal = threshold(i -> known[i] < PERSONAL_FROM);
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(
        new Candidate(
            new Recommendation.Tried(RiskMethod.FIXED, fixed.days() + " days", fixed.accuracy()),
            PolicyText.of(text).method(RiskMethod.FIXED).fixed(fixed.days()).text()));
    candidates.add(personal(text, belowPersonal));
    model(text).ifPresent(candidates::add);
    List<Candidate> sorted =
        candidates.stream()
            .sorted(Comparator.comparingDouble(each -> -each.tried().accuracy()))
            .toList();
    return new Recommendation(
        text,
        sorted.get(0).tried().method(),
        sorted.get(0).policy(),
        fixed.days(),
        candidates.get(0).policy(),
        sorted.stream().map(Candidate::tried).toList());
  }

  private record Candidate(Recommendation.Tried tried, String policy) {}

  private Candidate personal(String text, Threshold belowPersonal) {
    Policy.Personal bounds = policy.lifecycle().silence().risk().personal();
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
                  return belowPersonal.days();
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
            "%s times the customer's mean gap; %d days with fewer than three purchase days"
                .formatted(bestFactor, belowPersonal.days()),
            best),
        PolicyText.of(text)
            .method(RiskMethod.PERSONAL)
            .factor(bestFactor)
            .fixed(belowPersonal.days())
            .text());
  }

  private Optional<Candidate> model(String text) {
    Fit trainingFit = fit(customers, policy, cutoff);
    Fit current = lastFit.join();
    if (!isSound(trainingFit) || !isSound(current)) {
      return Optional.empty();
    }
    PurchaseModel model = trainingFit.best().model();
    Threshold oneTimeBuyers =
        model.family() == PurchaseModel.Family.BG_NBD
            ? threshold(i -> known[i] == 1)
            : new Threshold((int) (policy.lifecycle().silence().risk().fixed() / Instants.DAY), 0);
    double[] accuracies =
        accuracies(
            new ModelThreshold(
                model,
                policy.lifecycle().silence().risk().model(),
                oneTimeBuyers.days(),
                UNIT_DAYS));
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
                "%s, at risk when the probability of being alive falls to %.2f"
                    .formatted(model.family(), bestAlive),
                best),
            PolicyText.of(text)
                .method(RiskMethod.MODEL)
                .alive(bestAlive)
                .fixed(oneTimeBuyers.days())
                .model(
                    current.best().model(),
                    UNIT,
                    current.spend().filter(SpendFit::found).map(SpendFit::model).orElse(NO_SPEND))
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
   * The share of right predictions at each percentage of being alive from 1 to 99: each customer is
   * at risk from one of them up.
   */
  private double[] accuracies(ModelThreshold risk) {
    int[] from =
        IntStream.range(0, customers.size())
            .parallel()
            .map(
                i ->
                    risk.leastPercent(
                        silences[i], customers.get(i).purchases(cutoff, UNIT_DAYS).orElseThrow()))
            .toArray();
    long[] changes = new long[ModelThreshold.MOST_PERCENT + 2];
    long right = 0;
    for (int i = 0; i < from.length; i++) {
      right += back[i] ? 1 : 0;
      changes[from[i]] += back[i] ? -1 : 1;
    }
    double[] accuracies = new double[ModelThreshold.MOST_PERCENT];
    for (int percent = 1; percent <= ModelThreshold.MOST_PERCENT; percent++) {
      right += changes[percent];
      accuracies[percent - 1] = customers.isEmpty() ? 0 : right / (double) customers.size();
    }
    return accuracies;
  }

  private Threshold threshold(IntPredicate included) {
    int[] indexes = IntStream.range(0, customers.size()).filter(included).toArray();
    return Threshold.tuned(
        new Ranking(
            Arrays.stream(indexes).mapToDouble(i -> silences[i]).toArray(),
            Arrays.stream(indexes).filter(i -> back[i]).mapToDouble(i -> silences[i]).toArray()));
  }

  /**
   * The share of right predictions if the i-th customer is at risk after the given days of silence.
   */
  private double accuracy(IntToDoubleFunction risk) {
    long right = 0;
    for (int i = 0; i < customers.size(); i++) {
      right += silences[i] >= risk.applyAsDouble(i) != back[i] ? 1 : 0;
    }
    return customers.isEmpty() ? 0 : right / (double) customers.size();
  }
}
