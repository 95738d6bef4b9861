package dev.lifesign.app.backtest;

import dev.lifesign.core.time.Instants;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a history is cut. Every fold has a cut, at which customers are looked at, and the holdout
 * after it, which says who came back. What is tuned for a fold is tuned at the cut before, on what
 * is known by the fold's own: so there is one cut more than folds.
 *
 * @param instants ascending, starts of days
 * @param holdout milliseconds, whole days
 */
public record Cuts(List<Long> instants, long holdout) {

  /** Keeps its own copy. */
  public Cuts {
    instants = List.copyOf(instants);
  }

  /**
   * The cuts of a history.
   *
   * @param end of the history, exclusive; the last holdout ends there
   * @param holdoutDays 1 or more
   * @param folds 1 or more
   */
  static Cuts of(long end, int holdoutDays, int folds) {
    long holdout = holdoutDays * Instants.DAY;
    List<Long> instants = new ArrayList<>();
    for (int back = folds + 1; back >= 1; back--) {
      instants.add(end - back * holdout);
    }
    return new Cuts(instants, holdout);
  }

  /** How many folds. */
  public int folds() {
    return instants.size() - 1;
  }

  /** The last day before a cut. */
  int lastDay(int cut) {
    return Instants.dayOf(instants.get(cut) - 1);
  }
}
