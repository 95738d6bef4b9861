package dev.lifesign.lab.backtest;

import dev.lifesign.domain.status.Status;
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

  private final Cuts cuts;
  private final PolicyCounts counts;
  private final Objective objective;
  private final FittedUntil fitted;

  private Judge(Cuts cuts, PolicyCounts counts, Objective objective, FittedUntil fitted) {
    this.cuts = cuts;
    this.counts = counts;
    this.objective = objective;
    this.fitted = fitted;
  }

  /**
   * Judges a policy.
   *
   * @param cuts those at which it was observed
   * @param given what a replay of the first given policy saw at the last cutoff
   * @param fitted what the policy's models were fitted to
   */
  static PolicyResult judge(
      String name,
      Cuts cuts,
      PolicyCounts counts,
      Observations given,
      Objective objective,
      FittedUntil fitted) {
    Judge judge = new Judge(cuts, counts, objective, fitted);
    double[] leads =
        Arrays.stream(counts.leads()).mapToDouble(lead -> lead / (double) Instants.DAY).toArray();
    return new PolicyResult(
        name,
        Arrays.stream(cuts.judged()).mapToObj(judge::fold).toList(),
        judge.cases(),
        counts.entries(),
        judge.errors(given),
        median(leads));
  }

  private PolicyResult.Errors errors(Observations given) {
    Observations own = counts.observations(cuts.size() - 1);
    Bootstrap bootstrap =
        Bootstrap.of(
            objective,
            List.of(GroupSums.of(own, any -> true)),
            List.of(
                List.of(GroupSums.of(own, own::flagged)),
                List.of(GroupSums.of(given, given::flagged))));
    return new PolicyResult.Errors(bootstrap.error(0, 1), bootstrap.errorToGuess(0));
  }

  private PolicyResult.Fold fold(int cut) {
    Observations before = counts.observations(cuts.before(cut));
    Observations observations = counts.observations(cut);
    Outcomes all = observations.outcomes();
    Outcomes flagged = Outcomes.NONE;
    long moneyBack = 0;
    for (int i = 0; i < observations.size(); i++) {
      if (observations.flagged(i)) {
        flagged = flagged.plus(observations.outcome(i));
        moneyBack += observations.cameBack(i) ? observations.money(i) : 0;
      }
    }
    Hindsight fixed = Hindsight.of(observations, objective, all);
    return new PolicyResult.Fold(
        cuts.instant(cut),
        new PolicyResult.Comparison(
            judged(flagged, all),
            judged(fixed.flagged(), all),
            fixed.days(),
            judged(guess(all), all)),
        statuses(observations),
        Probabilities.of(given(before, observations)),
        new PolicyResult.FlaggedMoney(flagged.lostMoney(), moneyBack),
        counts.notificationsPerWeek(firstWeek(cut), lastWeek(cut)),
        silence(observations),
        cuts.list().get(cut).seen(),
        fitted.seen(cuts.list().get(cut).day()));
  }

  private PolicyResult.Judged judged(Outcomes flagged, Outcomes all) {
    return new PolicyResult.Judged(
        Confusion.of(flagged, all),
        objective.isDefined(all) ? objective.of(flagged, all) : Double.NaN);
  }

  /** Everybody or nobody; where the objective cares for neither, what is right about most. */
  private Outcomes guess(Outcomes all) {
    double everybody = objective.isDefined(all) ? objective.of(all, all) : 0;
    double nobody = objective.isDefined(all) ? objective.of(Outcomes.NONE, all) : 0;
    return everybody > nobody || (everybody == nobody && all.lost() > all.back())
        ? all
        : Outcomes.NONE;
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

  private List<PolicyResult.CaseRow> cases() {
    return counts.cases(firstWeek(cuts.size() - 1), lastWeek(cuts.size() - 1));
  }

  private int firstWeek(int cutoff) {
    return cuts.weekOf(cuts.instant(cutoff));
  }

  /** The first week after the holdout; a holdout takes at least one. */
  private int lastWeek(int cutoff) {
    return Math.max(firstWeek(cutoff) + DAYS_OF_WEEK, cuts.weekOf(cuts.holdoutEnd(cutoff)));
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
