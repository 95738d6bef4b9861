package dev.lifesign.lab.backtest;

import dev.lifesign.domain.customer.Status;
import dev.lifesign.domain.time.Instants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Judges a policy's statuses at each cutoff by the holdout after it. */
final class Judge {

  private static final int DAYS_OF_WEEK = 7;
  private static final int BINS = 10;
  private static final int SILENCE_DAYS = 30;

  private final Folds folds;
  private final PolicyCounts counts;

  private Judge(Folds folds, PolicyCounts counts) {
    this.folds = folds;
    this.counts = counts;
  }

  static PolicyResult judge(String name, Folds folds, PolicyCounts counts) {
    Judge judge = new Judge(folds, counts);
    List<PolicyResult.Fold> results = new ArrayList<>();
    for (int fold = 0; fold < folds.folds(); fold++) {
      results.add(judge.fold(fold, fold + 1));
    }
    double[] leads =
        Arrays.stream(counts.leads()).mapToDouble(lead -> lead / (double) Instants.DAY).toArray();
    return new PolicyResult(name, results, counts.alerts(), counts.entries(), median(leads));
  }

  private PolicyResult.Fold fold(int training, int cutoff) {
    Observations before = counts.observations(training);
    Observations observations = counts.observations(cutoff);
    Threshold threshold = Threshold.tuned(before.ranked(before::silentDays));
    boolean mostAreLost = 2 * before.sizeBack() < before.size();
    Confusion confusion = Confusion.NONE;
    Confusion byThreshold = Confusion.NONE;
    Confusion byMajority = Confusion.NONE;
    long moneyLost = 0;
    long moneyBack = 0;
    for (int i = 0; i < observations.size(); i++) {
      boolean back = observations.cameBack(i);
      boolean flagged = observations.flagged(i);
      confusion = confusion.plus(flagged, back);
      byThreshold = byThreshold.plus(observations.silentDays(i) >= threshold.days(), back);
      byMajority = byMajority.plus(mostAreLost, back);
      if (flagged) {
        moneyLost += back ? 0 : observations.money(i);
        moneyBack += back ? observations.money(i) : 0;
      }
    }
    return new PolicyResult.Fold(
        folds.instant(cutoff),
        new PolicyResult.Comparison(confusion, threshold.days(), byThreshold, byMajority),
        statuses(observations),
        Probabilities.of(given(before, observations)),
        new PolicyResult.FlaggedMoney(moneyLost, moneyBack),
        alertsPerWeek(cutoff),
        silence(observations));
  }

  private static List<PolicyResult.SilenceRow> silence(Observations observations) {
    SortedMap<Integer, int[]> rows = new TreeMap<>();
    for (int i = 0; i < observations.size(); i++) {
      int from = ((int) (observations.silentDays(i) / SILENCE_DAYS)) * SILENCE_DAYS;
      rows.computeIfAbsent(from, any -> new int[2])[observations.cameBack(i) ? 0 : 1]++;
    }
    return rows.entrySet().stream()
        .map(row -> new PolicyResult.SilenceRow(row.getKey(), row.getValue()[0], row.getValue()[1]))
        .toList();
  }

  private static List<PolicyResult.StatusRow> statuses(Observations observations) {
    List<PolicyResult.StatusRow> rows = new ArrayList<>();
    for (Status status : Status.values()) {
      int[] indexes =
          observations.indexes().filter(i -> observations.status(i) == status).toArray();
      double[] days =
          Arrays.stream(indexes)
              .filter(observations::cameBack)
              .mapToDouble(observations::daysToReturn)
              .toArray();
      if (indexes.length > 0) {
        rows.add(new PolicyResult.StatusRow(status, indexes.length, days.length, median(days)));
      }
    }
    return rows;
  }

  /**
   * Probabilities of coming back: the model's if the policy has one; otherwise, the share who came
   * back among customers with a similar urgency at the previous cutoff.
   */
  private static Ranking given(Observations before, Observations observations) {
    Ranking urgencies = before.ranked(before::urgency);
    double[] shares = sharesBack(urgencies);
    double[] given =
        observations
            .indexes()
            .mapToDouble(
                i ->
                    Double.isNaN(observations.modelled(i))
                        ? shares[bin(urgencies, observations.urgency(i))]
                        : observations.modelled(i))
            .toArray();
    return observations.ranked(i -> given[i]);
  }

  /**
   * The share that came back per bin, where bins hold equally many customers in order of urgency.
   */
  private static double[] sharesBack(Ranking urgencies) {
    double[] back = urgencies.shares();
    double[] shares = new double[BINS];
    for (int bin = 0; bin < BINS; bin++) {
      int from = (int) ((long) back.length * bin / BINS);
      int to = (int) ((long) back.length * (bin + 1) / BINS);
      double came = Arrays.stream(back, from, to).sum();
      // Laplace's rule of succession.
      shares[bin] = (came + 1) / (to - from + 2);
    }
    return shares;
  }

  /** The bin for an urgency. */
  private static int bin(Ranking urgencies, double urgency) {
    return urgencies.size() == 0
        ? 0
        : Math.min(BINS - 1, (int) ((long) urgencies.below(urgency) * BINS / urgencies.size()));
  }

  private double alertsPerWeek(int cutoff) {
    int from = folds.weekOf(folds.instant(cutoff));
    int to = folds.weekOf(folds.holdoutEnd(cutoff));
    long alerts =
        counts.alerts().subMap(from, to).values().stream().mapToLong(Integer::longValue).sum();
    return to == from ? alerts : alerts * DAYS_OF_WEEK / (double) (to - from);
  }

  static double median(double[] values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
