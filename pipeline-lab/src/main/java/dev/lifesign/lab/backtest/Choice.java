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
 * @param toGuess how the recommended candidate compares with that guess
 * @param bestToGuess how the best candidate within the limits compares with it
 */
public record Choice(
    List<Weighed> weighed, int chosen, double guess, ToGuess toGuess, ToGuess bestToGuess) {

  /** How a candidate compares with the best guess that is the same for every customer. */
  public enum ToGuess {
    /** Better by more than two standard errors: that silence says anything needs some proof. */
    BETTER,
    /** As good. */
    EQUAL,
    /** Worse by more than a standard error. */
    WORSE;

    /**
     * The comparison.
     *
     * @param difference how much better the candidate is
     * @param error the standard error of that
     */
    static ToGuess of(double difference, double error) {
      return difference > 2 * error ? BETTER : difference < -error ? WORSE : EQUAL;
    }
  }

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
   * @param errorToGiven the standard error of its difference from the first given policy
   * @param allowed whether it keeps to the limits
   */
  public record Weighed(
      Candidate candidate, double value, double error, double errorToGiven, boolean allowed) {}

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
              // Figures that a model's own data flatter win nothing.
              && (i == 0 || candidates.get(i).seenByModel() != FittedUntil.Seen.YES)
              && (limits.notificationsPerWeek().isEmpty()
                  || candidates.get(i).notificationsPerWeek()
                      <= limits.notificationsPerWeek().getAsDouble());
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
                    new Weighed(
                        candidates.get(i),
                        values[i],
                        bootstrap.error(best, i),
                        bootstrap.error(i, 0),
                        allowed[i]))
            .toList(),
        order.indexOf(chosen),
        guess,
        ToGuess.of(values[chosen] - guess, bootstrap.errorToGuess(chosen)),
        ToGuess.of(values[best] - guess, bootstrap.errorToGuess(best)));
  }

  /**
   * Whether the recommended candidate is better than the first given policy by more than chance.
   */
  boolean isBetterThanGiven() {
    Weighed given =
        weighed.stream().filter(each -> each.candidate().index() == 0).findFirst().orElseThrow();
    return recommended().value() - given.value() > recommended().errorToGiven();
  }

  /** The recommended candidate. */
  public Weighed recommended() {
    return weighed.get(chosen);
  }
}
