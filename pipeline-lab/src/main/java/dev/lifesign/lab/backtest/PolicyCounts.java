package dev.lifesign.lab.backtest;

import dev.lifesign.domain.customer.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a policy published over a history, counted, and its customers at each cutoff. */
final class PolicyCounts {

  private final List<Observations> observations = new ArrayList<>();

  private static final int DAYS_OF_WEEK = 7;
  private static final int STATUSES = Status.values().length;

  /** A power of 2, with enough weeks for most histories. */
  private static final int SLOTS = 256;

  /**
   * Per week, by its first day: the number of entries into each status, by ordinal, followed by the
   * number of alerts.
   */
  private final Map<Integer, int[]> weeks = new HashMap<>();

  /**
   * A cache of recently counted weeks, in the slots of their lowest bits, and which weeks they are.
   * First days are 7 apart, so that as many weeks as there are slots have a slot each.
   */
  private final int[][] recent = new int[SLOTS][];

  private final int[] recentWeeks = new int[SLOTS];

  private long[] leads = new long[8];
  private int leadCount;

  PolicyCounts(Cuts cuts) {
    for (int i = 0; i < cuts.size(); i++) {
      observations.add(new Observations());
    }
  }

  Observations observations(int cutoff) {
    return observations.get(cutoff);
  }

  void alert(int week) {
    countsOf(week)[STATUSES]++;
  }

  void entry(int week, Status status) {
    countsOf(week)[status.ordinal()]++;
  }

  private int[] countsOf(int week) {
    int slot = week & (SLOTS - 1);
    if (recent[slot] == null || recentWeeks[slot] != week) {
      recent[slot] = weeks.computeIfAbsent(week, any -> new int[STATUSES + 1]);
      recentWeeks[slot] = week;
    }
    return recent[slot];
  }

  void lead(long millis) {
    leads = ensure(leads, leadCount + 1);
    leads[leadCount++] = millis;
  }

  SortedMap<Integer, Integer> alerts() {
    SortedMap<Integer, Integer> sorted = new TreeMap<>();
    weeks.forEach(
        (week, counts) -> {
          if (counts[STATUSES] > 0) {
            sorted.put(week, counts[STATUSES]);
          }
        });
    return sorted;
  }

  SortedMap<Integer, Map<Status, Integer>> entries() {
    SortedMap<Integer, Map<Status, Integer>> sorted = new TreeMap<>();
    weeks.forEach(
        (week, counts) -> {
          Map<Status, Integer> entered = byStatus(counts);
          if (!entered.isEmpty()) {
            sorted.put(week, entered);
          }
        });
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

  /**
   * Alerts per week.
   *
   * @param from the first week that counts, by its first day
   * @param end the first week after it that does not
   */
  double alertsPerWeek(int from, int end) {
    long alerts = 0;
    for (Map.Entry<Integer, int[]> week : weeks.entrySet()) {
      alerts += week.getKey() >= from && week.getKey() < end ? week.getValue()[STATUSES] : 0;
    }
    return alerts * DAYS_OF_WEEK / (double) (end - from);
  }

  /**
   * Alerts per customer who came to be at risk; 1 if none did.
   *
   * @param end the week before which they are counted, by its first day
   */
  double alertsPerEntry(int end) {
    long alerts = 0;
    long entries = 0;
    for (Map.Entry<Integer, int[]> week : weeks.entrySet()) {
      if (week.getKey() < end) {
        alerts += week.getValue()[STATUSES];
        entries += week.getValue()[Status.AT_RISK.ordinal()];
      }
    }
    return entries == 0 ? 1 : alerts / (double) entries;
  }

  long[] leads() {
    return Arrays.copyOf(leads, leadCount);
  }

  void add(PolicyCounts other) {
    for (int i = 0; i < observations.size(); i++) {
      observations.get(i).add(other.observations.get(i));
    }
    other.weeks.forEach(
        (week, counts) -> {
          int[] sum = countsOf(week);
          for (int i = 0; i < counts.length; i++) {
            sum[i] += counts[i];
          }
        });
    leads = ensure(leads, leadCount + other.leadCount);
    System.arraycopy(other.leads, 0, leads, leadCount, other.leadCount);
    leadCount += other.leadCount;
  }

  private static long[] ensure(long[] array, int length) {
    return length <= array.length
        ? array
        : Arrays.copyOf(array, Math.max(length, 2 * array.length));
  }
}
