package dev.lifesign.app.backtest;

import dev.lifesign.core.customer.Status;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a policy told in the course of a history, and its customers at each cut. */
final class Tally {

  private final List<List<Case>> cases = new ArrayList<>();

  private final SortedMap<Long, Integer> alerts = new TreeMap<>();
  private final SortedMap<Long, Map<Status, Integer>> entries = new TreeMap<>();
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
    entries
        .computeIfAbsent(week, any -> new EnumMap<>(Status.class))
        .merge(status, 1, Integer::sum);
  }

  void lead(long millis) {
    leads.add(millis);
  }

  SortedMap<Long, Integer> alerts() {
    return alerts;
  }

  SortedMap<Long, Map<Status, Integer>> entries() {
    return entries;
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
        (week, counts) ->
            counts.forEach(
                (status, count) ->
                    entries
                        .computeIfAbsent(week, any -> new EnumMap<>(Status.class))
                        .merge(status, count, Integer::sum)));
    leads.addAll(other.leads);
  }
}
