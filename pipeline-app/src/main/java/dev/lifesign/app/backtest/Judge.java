package dev.lifesign.app.backtest;

import dev.lifesign.core.customer.Status;
import dev.lifesign.core.time.Instants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
    Threshold threshold = Threshold.tuned(silences(training));
    boolean lost = mostAreLost(training);
    Confusion confusion = Confusion.NONE;
    Confusion byThreshold = Confusion.NONE;
    Confusion byMajority = Confusion.NONE;
    long moneyLost = 0;
    long moneyBack = 0;
    for (Case each : tally.cases(cut)) {
      boolean back = each.back();
      confusion = confusion.plus(each.flagged(), back);
      byThreshold = byThreshold.plus(each.silentDays() >= threshold.days(), back);
      byMajority = byMajority.plus(lost, back);
      if (each.flagged()) {
        moneyLost += back ? 0 : each.money();
        moneyBack += back ? each.money() : 0;
      }
    }
    return new PolicyResult.Fold(
        cuts.instants().get(cut),
        confusion,
        threshold.days(),
        byThreshold,
        byMajority,
        statuses(cut),
        Probabilities.of(given(training, cut)),
        moneyLost,
        moneyBack,
        alertsAWeek(cut),
        silence(cut));
  }

  private List<PolicyResult.SilenceRow> silence(int cut) {
    SortedMap<Integer, int[]> rows = new TreeMap<>();
    for (Case each : tally.cases(cut)) {
      int from = ((int) (each.silentDays() / SILENCE_DAYS)) * SILENCE_DAYS;
      boolean back = each.back();
      rows.computeIfAbsent(from, any -> new int[2])[back ? 0 : 1]++;
    }
    return rows.entrySet().stream()
        .map(row -> new PolicyResult.SilenceRow(row.getKey(), row.getValue()[0], row.getValue()[1]))
        .toList();
  }

  private List<Threshold.Silence> silences(int cut) {
    return tally.cases(cut).stream()
        .map(c -> new Threshold.Silence(c.silentDays(), c.back()))
        .toList();
  }

  private boolean mostAreLost(int cut) {
    long back = tally.cases(cut).stream().filter(Case::back).count();
    return 2 * back < tally.cases(cut).size();
  }

  private List<PolicyResult.StatusRow> statuses(int cut) {
    List<PolicyResult.StatusRow> rows = new ArrayList<>();
    for (Status status : Status.values()) {
      List<Case> of = tally.cases(cut).stream().filter(c -> c.status() == status).toList();
      double[] days = of.stream().filter(Case::back).mapToDouble(Case::daysToReturn).toArray();
      if (!of.isEmpty()) {
        rows.add(new PolicyResult.StatusRow(status, of.size(), days.length, median(days)));
      }
    }
    return rows;
  }

  /**
   * Probabilities of coming back: the model's where the policy has one; else the share of those of
   * the cut before, as silent in parts of their own threshold, who came back.
   */
  private List<Probabilities.Given> given(int training, int cut) {
    List<Case> before = new ArrayList<>(tally.cases(training));
    before.sort(Comparator.comparingDouble(Case::urgency));
    double[] urgencies = before.stream().mapToDouble(Case::urgency).toArray();
    List<Double> shares = sharesBack(before);
    List<Probabilities.Given> given = new ArrayList<>();
    for (Case each : tally.cases(cut)) {
      double probability =
          Double.isNaN(each.modelled())
              ? shares.get(bin(urgencies, each.urgency()))
              : each.modelled();
      given.add(new Probabilities.Given(probability, each.back()));
    }
    return given;
  }

  /** By bins of as many customers, in the order of urgency, the share that came back. */
  private static List<Double> sharesBack(List<Case> sorted) {
    double[] back = Ties.back(sorted, Case::urgency, Case::back);
    List<Double> shares = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      int from = (int) ((long) sorted.size() * bin / BINS);
      int to = (int) ((long) sorted.size() * (bin + 1) / BINS);
      double came = Arrays.stream(back, from, to).sum();
      // Laplace's rule of succession.
      shares.add((came + 1) / (to - from + 2));
    }
    return shares;
  }

  /** The bin in which a customer as urgent would be. */
  private static int bin(double[] sorted, double urgency) {
    int place = 0;
    int high = sorted.length;
    while (place < high) {
      int middle = (place + high) >>> 1;
      if (sorted[middle] < urgency) {
        place = middle + 1;
      } else {
        high = middle;
      }
    }
    return sorted.length == 0 ? 0 : Math.min(BINS - 1, (int) ((long) place * BINS / sorted.length));
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
