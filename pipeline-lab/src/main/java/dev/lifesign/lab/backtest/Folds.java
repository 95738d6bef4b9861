package dev.lifesign.lab.backtest;

import dev.lifesign.domain.time.Instants;
import java.util.ArrayList;
import java.util.List;

/**
 * The cutoffs of a history. Each fold has a cutoff, at which customers are observed, and a holdout
 * after it, which shows who came back. A fold's tuning happens at the previous cutoff, with what is
 * known at the fold's own, so there is one more cutoff than there are folds.
 *
 * @param instants the cutoffs, ascending, each at the start of a day
 * @param holdout the length of a holdout, milliseconds, whole days
 */
public record Folds(List<Long> instants, long holdout) {

  /** Keeps its own copy. */
  public Folds {
    instants = List.copyOf(instants);
  }

  /**
   * The folds of a history.
   *
   * @param end the end of the history, exclusive; the last holdout ends there
   * @param holdoutDays 1 or more
   * @param folds 1 or more
   */
  static Folds of(long end, int holdoutDays, int folds) {
    long holdout = holdoutDays * Instants.DAY;
    List<Long> instants = new ArrayList<>();
    for (int back = folds + 1; back >= 1; back--) {
      instants.add(end - back * holdout);
    }
    return new Folds(instants, holdout);
  }

  /** The number of folds. */
  public int folds() {
    return instants.size() - 1;
  }

  /** The last day before a cutoff. */
  int lastDay(int cutoff) {
    return Instants.dayOf(instants.get(cutoff) - 1);
  }
}
