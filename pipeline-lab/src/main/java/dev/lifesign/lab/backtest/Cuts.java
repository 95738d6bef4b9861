package dev.lifesign.lab.backtest;

import dev.lifesign.domain.policy.PolicyCalendar;
import dev.lifesign.domain.time.Instants;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The cutoffs of a history, ascending. The last one is judged and never tuned on. The holdouts of
 * those that are tuned on end at or before it.
 *
 * @param list the cutoffs
 * @param holdoutDays the length of a holdout
 * @param calendar numbers the days and weeks
 */
record Cuts(List<Cut> list, int holdoutDays, PolicyCalendar calendar) {

  private static final int MOST_TUNING = 4;

  /** Closer cutoffs would count the same purchases twice. */
  private static final int LEAST_DISTANCE = 7;

  private static final int FEWEST_WHEN_CLOSE = 3;

  /** Keeps its own copy. */
  Cuts {
    list = List.copyOf(list);
  }

  /**
   * The cutoffs of a history.
   *
   * @param end the end of the history, exclusive; the last holdout ends at the start of its day
   * @param holdoutDays 1 or more
   * @param folds how many consecutive holdouts are judged, 1 or more
   * @param ready the first day on which enough is known to tune on; empty if it never is
   */
  static Cuts of(long end, int holdoutDays, int folds, OptionalInt ready, PolicyCalendar calendar) {
    int last = calendar.days().dayOf(end) - holdoutDays;
    SortedSet<Integer> judged = new TreeSet<>();
    for (int back = 0; back < folds; back++) {
      judged.add(last - back * holdoutDays);
    }
    SortedSet<Integer> tuning = tuning(last - holdoutDays, holdoutDays, ready);
    SortedSet<Integer> all = new TreeSet<>(judged);
    all.addAll(tuning);
    // What came of similar customers there gives the first judged cutoff its probabilities.
    all.add(judged.first() - holdoutDays);
    return new Cuts(
        all.stream()
            .map(
                day ->
                    new Cut(
                        day,
                        tuning.contains(day),
                        judged.contains(day),
                        tuning.stream().anyMatch(each -> Math.abs(each - day) < holdoutDays)))
            .toList(),
        holdoutDays,
        calendar);
  }

  /** Several days up to the latest, a holdout apart, or closer if the history is too short. */
  private static SortedSet<Integer> tuning(int latest, int holdoutDays, OptionalInt ready) {
    SortedSet<Integer> days = new TreeSet<>();
    int room = ready.isEmpty() ? -1 : latest - ready.getAsInt();
    if (room < LEAST_DISTANCE) {
      return days;
    }
    int step = holdoutDays;
    if (room < (FEWEST_WHEN_CLOSE - 1) * holdoutDays) {
      step = Math.max(LEAST_DISTANCE, room / (FEWEST_WHEN_CLOSE - 1));
    }
    for (int i = 0; i < MOST_TUNING && latest - i * step >= ready.getAsInt(); i++) {
      days.add(latest - i * step);
    }
    return days;
  }

  /** The number of cutoffs. */
  int size() {
    return list.size();
  }

  /** The indexes of the cutoffs that are tuned on; none if it is too early to tune. */
  int[] tuning() {
    return IntStream.range(0, size()).filter(i -> list.get(i).tuning()).toArray();
  }

  /** The indexes of the cutoffs that are judged. */
  int[] judged() {
    return IntStream.range(0, size()).filter(i -> list.get(i).judged()).toArray();
  }

  /** The last cutoff whose holdout had ended at a judged one. */
  int before(int judged) {
    int day = list.get(judged).day() - holdoutDays;
    return IntStream.range(0, size()).filter(i -> list.get(i).day() <= day).max().orElseThrow();
  }

  /** The instant of a cutoff. */
  long instant(int cut) {
    return calendar.days().startOf(list.get(cut).day());
  }

  /** The end of the holdout after a cutoff, exclusive. */
  long holdoutEnd(int cut) {
    return calendar.days().startOf((long) list.get(cut).day() + holdoutDays);
  }

  /** The length of a holdout as a duration, in days of 24 hours. */
  long holdout() {
    return holdoutDays * Instants.DAY;
  }

  /** The last day before a cutoff. */
  int lastDay(int cut) {
    return list.get(cut).day() - 1;
  }

  /** The last cutoff. */
  Cut last() {
    return list.get(size() - 1);
  }

  /** The week of an instant: its first day, in days since 1970-01-01. */
  int weekOf(long instant) {
    return calendar.weekOf(calendar.days().dayOf(instant));
  }

  /**
   * The same cutoffs, of which nothing is remembered but those that are judged and the ones before.
   */
  Cuts judgedOnly() {
    SortedSet<Integer> keep = new TreeSet<>();
    for (int cut : judged()) {
      keep.add(cut);
      keep.add(before(cut));
    }
    return new Cuts(keep.stream().map(list::get).toList(), holdoutDays, calendar);
  }
}
