package dev.lifesign.app.backtest;

import dev.lifesign.core.customer.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a policy told in the course of a history, and its customers at each cut. */
final class Tally {

  private final List<Cases> cases = new ArrayList<>();

  private static final int STATUSES = Status.values().length;

  /** A power of 2, and weeks enough for most histories. */
  private static final int SLOTS = 256;

  /** By week: how many entered each status, by its ordinal, and behind them how many alerts. */
  private final Map<Long, int[]> weeks = new HashMap<>();

  /** Those that were counted lately, each in the slot of its last bits, and which they are. */
  private final int[][] recent = new int[SLOTS][];

  private final long[] recentWeeks = new long[SLOTS];

  private long[] leads = new long[8];
  private int leadCount;

  Tally(Cuts cuts) {
    for (int i = 0; i < cuts.instants().size(); i++) {
      cases.add(new Cases());
    }
  }

  Cases cases(int cut) {
    return cases.get(cut);
  }

  void alert(long week) {
    of(week)[STATUSES]++;
  }

  void entry(long week, Status status) {
    of(week)[status.ordinal()]++;
  }

  private int[] of(long week) {
    int slot = (int) week & (SLOTS - 1);
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

  SortedMap<Long, Integer> alerts() {
    SortedMap<Long, Integer> sorted = new TreeMap<>();
    weeks.forEach(
        (week, counts) -> {
          if (counts[STATUSES] > 0) {
            sorted.put(week, counts[STATUSES]);
          }
        });
    return sorted;
  }

  SortedMap<Long, Map<Status, Integer>> entries() {
    SortedMap<Long, Map<Status, Integer>> sorted = new TreeMap<>();
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

  long[] leads() {
    return Arrays.copyOf(leads, leadCount);
  }

  void add(Tally other) {
    for (int i = 0; i < cases.size(); i++) {
      cases.get(i).add(other.cases.get(i));
    }
    other.weeks.forEach(
        (week, counts) -> {
          int[] sum = of(week);
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
