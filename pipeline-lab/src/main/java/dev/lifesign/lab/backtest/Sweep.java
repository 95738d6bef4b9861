package dev.lifesign.lab.backtest;

import dev.lifesign.domain.time.Instants;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What became of the customers whom each setting of a rule of silence predicts lost, per cutoff.
 */
final class Sweep {

  /** Whoever is at risk now and was not a week earlier came to be so within the week. */
  static final long WEEK = 7 * Instants.DAY;

  /** By cutoff and setting. */
  private final Outcomes[][] flagged;

  /** By cutoff and setting: how many were not yet at risk a week earlier. */
  private final long[][] newly;

  private final int settings;

  private Sweep(Outcomes[][] flagged, long[][] newly, int settings) {
    this.flagged = flagged;
    this.newly = newly;
    this.settings = settings;
  }

  /**
   * Sweeps a rule over customers at cutoffs.
   *
   * @param rules the rule as it was known at each cutoff, with the same settings
   * @param cuts the customers at each cutoff
   * @param included which of the customers whose status silence decides
   * @param countsEntries whether to count how many each setting puts at risk per week
   */
  static Sweep of(
      List<SilenceRule> rules,
      List<Observations> cuts,
      Predicate<Silent> included,
      boolean countsEntries) {
    Outcomes[][] flagged = new Outcomes[cuts.size()][];
    long[][] newly = new long[cuts.size()][];
    IntStream.range(0, cuts.size())
        .parallel()
        .forEach(
            cut ->
                sweep(rules.get(cut), cuts.get(cut), included, countsEntries, cut, flagged, newly));
    return new Sweep(flagged, newly, rules.get(0).settings());
  }

  private static void sweep(
      SilenceRule rule,
      Observations customers,
      Predicate<Silent> included,
      boolean countsEntries,
      int cut,
      Outcomes[][] flagged,
      long[][] newly) {
    int settings = rule.settings();
    long[] lost = new long[settings + 1];
    long[] back = new long[settings + 1];
    long[] money = new long[settings + 1];
    long[] entered = new long[settings + 1];
    for (int i = 0; i < customers.size(); i++) {
      if (!customers.isSilenceDecisive(i)) {
        continue;
      }
      Silent silent = customers.silent(i);
      if (!included.test(silent)) {
        continue;
      }
      int from = rule.first(silent);
      if (customers.cameBack(i)) {
        back[from]++;
      } else {
        lost[from]++;
        money[from] += customers.money(i);
      }
      if (countsEntries) {
        entered[from]++;
        entered[silent.wasSilent(WEEK) ? rule.first(silent.earlier(WEEK)) : settings]--;
      }
    }
    flagged[cut] = new Outcomes[settings];
    newly[cut] = new long[settings];
    Outcomes sum = Outcomes.NONE;
    long entries = 0;
    for (int setting = 0; setting < settings; setting++) {
      sum = sum.plus(new Outcomes(lost[setting], back[setting], money[setting]));
      entries += entered[setting];
      flagged[cut][setting] = sum;
      newly[cut][setting] = entries;
    }
  }

  /** How many customers a setting puts at risk per week, over all cutoffs, if that was counted. */
  double newlyPerWeek(int setting) {
    return IntStream.range(0, newly.length)
        .mapToLong(cut -> newly[cut][setting])
        .average()
        .orElse(0);
  }

  /**
   * The best setting for an objective; of several that are equally good, the first, which predicts
   * the fewest customers lost.
   *
   * @param all all customers per cutoff
   * @param allowed the settings to choose from; if none is allowed, the first is chosen
   */
  int best(Objective objective, List<Outcomes> all, IntPredicate allowed) {
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int setting = 0; setting < settings; setting++) {
      double value = 0;
      for (int cut = 0; cut < all.size(); cut++) {
        if (objective.isDefined(all.get(cut))) {
          value += objective.of(flagged[cut][setting], all.get(cut));
        }
      }
      if (value > most && allowed.test(setting)) {
        most = value;
        best = setting;
      }
    }
    return best;
  }
}
