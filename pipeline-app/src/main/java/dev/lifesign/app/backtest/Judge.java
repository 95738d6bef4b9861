package dev.lifesign.app.backtest;

import dev.lifesign.core.customer.Status;
import dev.lifesign.core.time.Instants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Judges what a policy said at each cut by the holdout after it. */
final class Judge {

  private static final long WEEK = 7 * Instants.DAY;
  private static final int BINS = 10;
  private static final int SILENCE_DAYS = 30;

  private final Cuts cuts;
  private final Tally tally;

  private Judge(Cuts cuts, Tally tally) {
    this.cuts = cuts;
    this.tally = tally;
  }

  static PolicyResult judge(String name, Cuts cuts, Tally tally) {
    Judge judge = new Judge(cuts, tally);
    List<PolicyResult.Fold> folds = new ArrayList<>();
    for (int fold = 0; fold < cuts.folds(); fold++) {
      folds.add(judge.fold(fold, fold + 1));
    }
    double[] leads =
        Arrays.stream(tally.leads()).mapToDouble(lead -> lead / (double) Instants.DAY).toArray();
    return new PolicyResult(name, folds, tally.alerts(), tally.entries(), median(leads));
  }

  private PolicyResult.Fold fold(int training, int cut) {
    Cases before = tally.cases(training);
    Cases cases = tally.cases(cut);
    Threshold threshold = Threshold.tuned(before.ranked(before::silentDays));
    boolean lost = 2 * before.sizeBack() < before.size();
    Confusion confusion = Confusion.NONE;
    Confusion byThreshold = Confusion.NONE;
    Confusion byMajority = Confusion.NONE;
    long moneyLost = 0;
    long moneyBack = 0;
    for (int i = 0; i < cases.size(); i++) {
      boolean back = cases.back(i);
      boolean flagged = cases.flagged(i);
      confusion = confusion.plus(flagged, back);
      byThreshold = byThreshold.plus(cases.silentDays(i) >= threshold.days(), back);
      byMajority = byMajority.plus(lost, back);
      if (flagged) {
        moneyLost += back ? 0 : cases.money(i);
        moneyBack += back ? cases.money(i) : 0;
      }
    }
    return new PolicyResult.Fold(
        cuts.instants().get(cut),
        confusion,
        threshold.days(),
        byThreshold,
        byMajority,
        statuses(cases),
        Probabilities.of(given(before, cases)),
        moneyLost,
        moneyBack,
        alertsAWeek(cut),
        silence(cases));
  }

  private static List<PolicyResult.SilenceRow> silence(Cases cases) {
    SortedMap<Integer, int[]> rows = new TreeMap<>();
    for (int i = 0; i < cases.size(); i++) {
      int from = ((int) (cases.silentDays(i) / SILENCE_DAYS)) * SILENCE_DAYS;
      rows.computeIfAbsent(from, any -> new int[2])[cases.back(i) ? 0 : 1]++;
    }
    return rows.entrySet().stream()
        .map(row -> new PolicyResult.SilenceRow(row.getKey(), row.getValue()[0], row.getValue()[1]))
        .toList();
  }

  private static List<PolicyResult.StatusRow> statuses(Cases cases) {
    List<PolicyResult.StatusRow> rows = new ArrayList<>();
    for (Status status : Status.values()) {
      int[] of = cases.places().filter(i -> cases.status(i) == status).toArray();
      double[] days =
          Arrays.stream(of).filter(cases::back).mapToDouble(cases::daysToReturn).toArray();
      if (of.length > 0) {
        rows.add(new PolicyResult.StatusRow(status, of.length, days.length, median(days)));
      }
    }
    return rows;
  }

  /**
   * Probabilities of coming back: the model's where the policy has one; else the share of those of
   * the cut before, as silent in parts of their own threshold, who came back.
   */
  private static Ranking given(Cases before, Cases cases) {
    Ranking urgencies = before.ranked(before::urgency);
    double[] shares = sharesBack(urgencies);
    double[] given =
        cases
            .places()
            .mapToDouble(
                i ->
                    Double.isNaN(cases.modelled(i))
                        ? shares[bin(urgencies, cases.urgency(i))]
                        : cases.modelled(i))
            .toArray();
    return cases.ranked(i -> given[i]);
  }

  /** By bins of as many customers, in the order of urgency, the share that came back. */
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

  /** The bin in which a customer as urgent would be. */
  private static int bin(Ranking urgencies, double urgency) {
    return urgencies.size() == 0
        ? 0
        : Math.min(BINS - 1, (int) ((long) urgencies.below(urgency) * BINS / urgencies.size()));
  }

  private double alertsAWeek(int cut) {
    long from = Math.floorDiv(cuts.instants().get(cut), WEEK);
    long to = Math.floorDiv(cuts.instants().get(cut) + cuts.holdout(), WEEK);
    long alerts =
        tally.alerts().subMap(from, to).values().stream().mapToLong(Integer::longValue).sum();
    return to == from ? alerts : alerts / (double) (to - from);
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
