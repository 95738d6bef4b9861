package dev.lifesign.lab.backtest;

import dev.lifesign.domain.policy.PolicyCalendar;
import dev.lifesign.domain.time.Instants;
import java.util.ArrayList;
import java.util.List;

/**
 * The cutoffs of a history. Each fold has a cutoff, at which customers are observed, and a holdout
 * after it, which shows who came back. A fold's tuning happens at the previous cutoff, with what is
 * known at the fold's own, so there is one more cutoff than there are folds.
 *
 * @param days the days at whose start the cutoffs are, ascending, days since 1970-01-01
 * @param holdoutDays the length of a holdout
 * @param calendar numbers the days and weeks
 */
public record Folds(List<Integer> days, int holdoutDays, PolicyCalendar calendar) {

  /** Keeps its own copy. */
  public Folds {
    days = List.copyOf(days);
  }

  /**
   * The folds of a history.
   *
   * @param end the end of the history, exclusive; the last holdout ends at the start of its day
   * @param holdoutDays 1 or more
   * @param folds 1 or more
   */
  static Folds of(long end, int holdoutDays, int folds, PolicyCalendar calendar) {
    int last = calendar.days().dayOf(end);
    List<Integer> days = new ArrayList<>();
    for (int back = folds + 1; back >= 1; back--) {
      days.add(last - back * holdoutDays);
    }
    return new Folds(days, holdoutDays, calendar);
  }

  /** The number of folds. */
  public int folds() {
    return days.size() - 1;
  }

  /** The number of cutoffs. */
  int cutoffs() {
    return days.size();
  }

  /** The instant of a cutoff. */
  long instant(int cutoff) {
    return calendar.days().startOf(days.get(cutoff));
  }

  /** The end of the holdout after a cutoff, exclusive. */
  long holdoutEnd(int cutoff) {
    return calendar.days().startOf((long) days.get(cutoff) + holdoutDays);
  }

  /** The length of a holdout as a duration, in days of 24 hours. */
  long holdout() {
    return holdoutDays * Instants.DAY;
  }

  /** The last day before a cutoff. */
  int lastDay(int cutoff) {
    return days.get(cutoff) - 1;
  }

  /** The week of an instant: its first day, in days since 1970-01-01. */
  int weekOf(long instant) {
    return calendar.weekOf(calendar.days().dayOf(instant));
  }
}
