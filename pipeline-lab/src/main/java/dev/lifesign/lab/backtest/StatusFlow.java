package dev.lifesign.lab.backtest;

import dev.lifesign.domain.status.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * How many customers entered which status, as bars of a chart.
 *
 * @param weeks how many weeks a bar stands for
 * @param begins the first day of each bar, days since 1970-01-01
 * @param parts per status, the entries per bar
 */
record StatusFlow(int weeks, List<Integer> begins, List<List<Integer>> parts) {

  /** The statuses that are shown. */
  static final List<Status> STATUSES =
      List.of(Status.NEW, Status.AT_RISK, Status.REACTIVATED, Status.DORMANT, Status.CHURNED);

  private static final int DAYS_OF_WEEK = 7;
  private static final int MOST_BARS = 26;

  /**
   * Sums the entries by as many weeks as it takes to see each bar.
   *
   * @param entries by the first day of the week
   * @param first the first week to show, by its first day
   * @param last the last week to show
   */
  static StatusFlow of(SortedMap<Integer, Map<Status, Integer>> entries, int first, int last) {
    int all = (last - first) / DAYS_OF_WEEK + 1;
    int weeks = (all + MOST_BARS - 1) / MOST_BARS;
    List<Integer> begins = new ArrayList<>();
    for (int begin = first; begin <= last; begin += weeks * DAYS_OF_WEEK) {
      begins.add(begin);
    }
    return new StatusFlow(
        weeks,
        begins,
        STATUSES.stream()
            .map(
                status ->
                    begins.stream()
                        .map(
                            begin ->
                                entries
                                    .subMap(begin, begin + weeks * DAYS_OF_WEEK)
                                    .values()
                                    .stream()
                                    .mapToInt(week -> week.getOrDefault(status, 0))
                                    .sum())
                        .toList())
            .toList());
  }

  /** The highest bar. */
  int most() {
    int most = 0;
    for (int bar = 0; bar < begins.size(); bar++) {
      int at = bar;
      most = Math.max(most, parts.stream().mapToInt(part -> part.get(at)).sum());
    }
    return most;
  }
}
