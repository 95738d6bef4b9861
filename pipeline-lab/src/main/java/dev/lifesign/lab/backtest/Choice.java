package dev.lifesign.lab.backtest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which of several candidates to recommend: the simplest of those that are as good as the best.
 *
 * @param weighed every candidate, the best first
 * @param chosen the index of the recommended one
 * @param guess the value of the best guess that is the same for every customer
 * @param saysMore whether the best candidate is better than that guess by more than chance
 */
public record Choice(List<Weighed> weighed, int chosen, double guess, boolean saysMore) {

  /** Keeps its own copy. */
  public Choice {
    weighed = List.copyOf(weighed);
  }

  /**
   * A candidate and how good it was at the cutoffs that were tuned on.
   *
   * @param candidate the candidate
   * @param value its value under the objective
   * @param error the standard error of its difference from the best candidate
   * @param allowed whether it keeps to the limits
   */
  public record Weighed(Candidate candidate, double value, double error, boolean allowed) {}

  /**
   * Chooses.
   *
   * @param customers all customers, per cutoff that is tuned on
   * @param earliest nobody may be at risk after a silence of fewer days
   */
  static Choice of(
      List<Candidate> candidates,
      List<GroupSums> customers,
      Objective objective,
      Limits limits,
      int earliest) {
    List<Outcomes> all = customers.stream().map(GroupSums::total).toList();
    Bootstrap bootstrap =
        Bootstrap.of(objective, customers, candidates.stream().map(Candidate::flagged).toList());
    double[] values =
        candidates.stream()
            .mapToDouble(
                each ->
                    Value.of(
                        objective, each.flagged().stream().map(GroupSums::total).toList(), all))
            .toArray();
    boolean[] allowed = new boolean[values.length];
    for (int i = 0; i < allowed.length; i++) {
      allowed[i] =
          RiskSetting.earliest(candidates.get(i).policy().policy()) >= earliest
              && (limits.alertsPerWeek().isEmpty()
                  || candidates.get(i).alertsPerWeek() <= limits.alertsPerWeek().getAsDouble());
    }
    int best =
        IntStream.range(0, values.length)
            .filter(i -> allowed[i])
            .boxed()
            .max(Comparator.comparingDouble(i -> values[i]))
            .orElse(0);
    int chosen =
        IntStream.range(0, values.length)
            .filter(i -> allowed[i] && values[best] - values[i] <= bootstrap.error(best, i))
            .boxed()
            .min(
                Comparator.<Integer>comparingInt(i -> candidates.get(i).complexity())
                    .thenComparing(i -> -values[i]))
            .orElse(0);
    List<Integer> order = new ArrayList<>(IntStream.range(0, values.length).boxed().toList());
    order.sort(Comparator.comparingDouble(i -> -values[i]));
    double guess = Value.ofGuess(objective, all);
    return new Choice(
        order.stream()
            .map(
                i ->
                    new Weighed(candidates.get(i), values[i], bootstrap.error(best, i), allowed[i]))
            .toList(),
        order.indexOf(chosen),
        guess,
        values[best] - guess > bootstrap.errorToGuess(best));
  }

  /** The recommended candidate. */
  public Weighed recommended() {
    return weighed.get(chosen);
  }
}
