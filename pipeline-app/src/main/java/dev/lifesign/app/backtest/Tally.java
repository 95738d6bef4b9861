package dev.lifesign.app.backtest;

import dev.lifesign.core.customer.Status;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a policy told in the course of a history, and its customers at each cut. */
final class Tally {

  private final List<List<Case>> cases = new ArrayList<>();

  private final Map<Long, Integer> alerts = new HashMap<>();

  /** By week: how many entered each status, by its ordinal. */
  private final Map<Long, int[]> entries = new HashMap<>();

  private final List<Long> leads = new ArrayList<>();

  Tally(Cuts cuts) {
    for (int i = 0; i < cuts.instants().size(); i++) {
      cases.add(new ArrayList<>());
    }
  }

  List<Case> cases(int cut) {
    return cases.get(cut);
  }

  void alert(long week) {
    alerts.merge(week, 1, Integer::sum);
  }

  void entry(long week, Status status) {
    of(week)[status.ordinal()]++;
  }

  private int[] of(long week) {
    return entries.computeIfAbsent(week, any -> new int[Status.values().length]);
  }

  void lead(long millis) {
    leads.add(millis);
  }

  SortedMap<Long, Integer> alerts() {
    return new TreeMap<>(alerts);
  }

  SortedMap<Long, Map<Status, Integer>> entries() {
    SortedMap<Long, Map<Status, Integer>> sorted = new TreeMap<>();
    entries.forEach((week, counts) -> sorted.put(week, byStatus(counts)));
    return sorted;
  }

  private static Map<Status, Integer> byStatus(int[] counts) {
    Map<Status, Integer> entered = new EnumMap<>(Status.class);
    for (Status status : Status.values()) {
      if (counts[status.ordinal()] > 0) {
        entered.put(status, counts[status.ordinal()]);
      }
    }
    return entered;
  }

  List<Long> leads() {
    return leads;
  }

  void add(Tally other) {
    for (int i = 0; i < cases.size(); i++) {
      cases.get(i).addAll(other.cases.get(i));
    }
    other.alerts.forEach((week, count) -> alerts.merge(week, count, Integer::sum));
    other.entries.forEach(
        (week, counts) -> {
          int[] sum = of(week);
          for (int i = 0; i < counts.length; i++) {
            sum[i] += counts[i];
          }
        });
    leads.addAll(other.leads);
  }
}
