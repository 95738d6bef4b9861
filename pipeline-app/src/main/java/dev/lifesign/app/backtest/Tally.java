package dev.lifesign.app.backtest;

import dev.lifesign.core.customer.Status;
import dev.lifesign.core.time.Instants;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a policy told in the course of a history, and its customers at each cut. */
final class Tally {

  private final Cuts cuts;
  private final List<List<Case>> cases = new ArrayList<>();

  /** By cut, who came back in the holdout after it, and when first. */
  private final List<Map<String, Long>> returns = new ArrayList<>();

  private final SortedMap<Long, Integer> alerts = new TreeMap<>();
  private final SortedMap<Long, Map<Status, Integer>> entries = new TreeMap<>();
  private final List<Long> leads = new ArrayList<>();

  Tally(Cuts cuts) {
    this.cuts = cuts;
    for (int i = 0; i < cuts.instants().size(); i++) {
      cases.add(new ArrayList<>());
      returns.add(new HashMap<>());
    }
  }

  List<Case> cases(int cut) {
    return cases.get(cut);
  }

  /** How many days after a cut the customer came back; NaN if not within the holdout. */
  double daysToReturn(int cut, String customerId) {
    Long at = returns.get(cut).get(customerId);
    return at == null ? Double.NaN : (at - cuts.instants().get(cut)) / (double) Instants.DAY;
  }

  boolean back(int cut, String customerId) {
    return returns.get(cut).containsKey(customerId);
  }

  void transaction(String customerId, long at) {
    for (int i = 0; i < returns.size(); i++) {
      long from = cuts.instants().get(i);
      if (at >= from && at < from + cuts.holdout()) {
        returns.get(i).merge(customerId, at, Math::min);
      }
    }
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

  /** Puts the customers of each cut into their order, so that it does not matter who came first. */
  void sort() {
    cases.forEach(of -> of.sort(Comparator.comparing(Case::customerId)));
  }

  void add(Tally other) {
    for (int i = 0; i < cases.size(); i++) {
      cases.get(i).addAll(other.cases.get(i));
      returns.get(i).putAll(other.returns.get(i));
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
