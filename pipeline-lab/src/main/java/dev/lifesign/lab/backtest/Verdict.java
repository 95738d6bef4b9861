package dev.lifesign.lab.backtest;

import java.util.Optional;

/**
 * What a backtest recommends.
 *
 * @param kind what it comes to
 * @param chosen the index, among the results, of the policy that was chosen where it was tuned
 * @param auroc how well silence alone tells who comes back: the probability that a customer who
 *     came back had been silent for less time than one who did not, over the cutoffs that were
 *     tuned on, or else at the last one; NaN if everybody did the same
 */
public record Verdict(Kind kind, int chosen, double auroc) {

  /** What a backtest comes to. */
  public enum Kind {
    /** Nobody came back in the last holdout. */
    LOST,
    /** Everybody came back in the last holdout. */
    BACK,
    /** The history is too short to tune on. */
    EARLY,
    /** At the earlier cutoffs, all customers did the same. */
    SAME,
    /** No rule keeps to the limits. */
    LIMITED,
    /** No rule says more than the same guess for everybody. */
    SILENT,
    /** No rule does better than the given policy. */
    KEEP,
    /** One did better where it was tuned, and worse than the given policy where it was not. */
    WORSE,
    /** One did better where it was tuned, and worse than the guess where it was not. */
    WORSE_THAN_GUESS,
    /** Another rule does better. */
    CHANGE
  }

  /**
   * The verdict before the last holdout was looked at, except for whether it says anything.
   *
   * @param last the outcomes of the last holdout
   * @param choice empty if there was nothing to choose by
   * @param cutoffs how many cutoffs there are to tune on
   * @param given how many policies were given; the choice's candidates begin with them
   */
  static Verdict of(Outcomes last, Optional<Choice> choice, int cutoffs, int given, double auroc) {
    if (last.back() == 0) {
      return new Verdict(Kind.LOST, 0, auroc);
    }
    if (last.lost() == 0) {
      return new Verdict(Kind.BACK, 0, auroc);
    }
    if (choice.isEmpty()) {
      return new Verdict(cutoffs == 0 ? Kind.EARLY : Kind.SAME, 0, auroc);
    }
    Choice made = choice.get();
    if (made.weighed().stream().noneMatch(Choice.Weighed::allowed)) {
      return new Verdict(Kind.LIMITED, 0, auroc);
    }
    int chosen = made.recommended().candidate().index();
    if (chosen == 0) {
      return new Verdict(
          made.bestToGuess() == Choice.ToGuess.BETTER ? Kind.KEEP : Kind.SILENT, 0, auroc);
    }
    // A rule that says less than a guess is not worth a change; nor is one that says no more than a
    // guess and does no better than the given policy, which is only outside the limits.
    boolean useless =
        made.toGuess() == Choice.ToGuess.WORSE
            || (made.toGuess() == Choice.ToGuess.EQUAL && !made.isBetterThanGiven());
    return useless
        ? new Verdict(Kind.SILENT, 0, auroc)
        : new Verdict(Kind.CHANGE, Math.min(chosen, given), auroc);
  }

  /**
   * The verdict after the recommended policy was judged by the last holdout.
   *
   * @param given the result of the first given policy
   * @param recommended that of the recommended one
   */
  Verdict judged(PolicyResult given, PolicyResult recommended) {
    PolicyResult.Comparison last = recommended.last().comparison();
    double loss = given.last().comparison().policy().value() - last.policy().value();
    if (kind != Kind.CHANGE) {
      return this;
    }
    if (loss > recommended.errors().errorToGiven()) {
      return new Verdict(Kind.WORSE, chosen, auroc);
    }
    return last.guess().value() - last.policy().value() > recommended.errors().errorToGuess()
        ? new Verdict(Kind.WORSE_THAN_GUESS, chosen, auroc)
        : this;
  }

  /** The index of the recommended policy among the results. */
  public int recommended() {
    return kind == Kind.WORSE || kind == Kind.WORSE_THAN_GUESS ? 0 : chosen;
  }
}
