package dev.lifesign.lab.backtest;

import dev.lifesign.domain.policy.Case;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.status.Status;
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
   * number of notifications, and by the numbers of alerts and of notifications of each case.
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

  private final Policy policy;
  private final List<Case> cases;

  /** Per case: the alerts that can be judged, and those of them that were right. */
  private final int[] judged;

  private final int[] right;

  /**
   * Nothing counted yet.
   *
   * @param policy the policy whose cases are counted
   */
  PolicyCounts(Cuts cuts, Policy policy) {
    this.policy = policy;
    this.cases = policy.cases();
    this.judged = new int[cases.size()];
    this.right = new int[cases.size()];
    for (int i = 0; i < cuts.size(); i++) {
      observations.add(new Observations());
    }
  }

  Observations observations(int cutoff) {
    return observations.get(cutoff);
  }

  /**
   * A case raised an alert.
   *
   * @param place the case's place in the policy
   */
  void alert(int week, int place) {
    countsOf(week)[alerts(place)]++;
  }

  /** A fact about an alert of a case notified people. */
  void notification(int week, int place) {
    countsOf(week)[STATUSES]++;
    countsOf(week)[alerts(place) + 1]++;
  }

  /**
   * What followed an alert is known.
   *
   * @param isRight whether its customer did not buy
   */
  void judged(int place, boolean isRight) {
    judged[place]++;
    right[place] += isRight ? 1 : 0;
  }

  private static int alerts(int place) {
    return STATUSES + 1 + 2 * place;
  }

  void entry(int week, Status status) {
    countsOf(week)[status.ordinal()]++;
  }

  private int[] countsOf(int week) {
    int slot = week & (SLOTS - 1);
    if (recent[slot] == null || recentWeeks[slot] != week) {
      recent[slot] = weeks.computeIfAbsent(week, any -> new int[alerts(cases.size())]);
      recentWeeks[slot] = week;
    }
    return recent[slot];
  }

  void lead(long millis) {
    leads = ensure(leads, leadCount + 1);
    leads[leadCount++] = millis;
  }

  /**
   * What each case raised and told.
   *
   * @param from the first week that the weekly means are taken of, by its first day
   * @param end the first week after it that does not count for them
   */
  List<PolicyResult.CaseRow> cases(int from, int end) {
    List<PolicyResult.CaseRow> rows = new ArrayList<>();
    for (int place = 0; place < cases.size(); place++) {
      rows.add(
          new PolicyResult.CaseRow(
              cases.get(place).id(),
              byWeek(alerts(place)),
              byWeek(alerts(place) + 1),
              perWeek(alerts(place), from, end),
              perWeek(alerts(place) + 1, from, end),
              new PolicyResult.Precision(judged[place], right[place]),
              Segments.areNotMissedBy(cases.get(place), policy)));
    }
    return rows;
  }

  private SortedMap<Integer, Integer> byWeek(int index) {
    SortedMap<Integer, Integer> sorted = new TreeMap<>();
    weeks.forEach(
        (week, counts) -> {
          if (counts[index] > 0) {
            sorted.put(week, counts[index]);
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
   * Notifications per week: facts that tell people something.
   *
   * @param from the first week that counts, by its first day
   * @param end the first week after it that does not
   */
  double notificationsPerWeek(int from, int end) {
    return perWeek(STATUSES, from, end);
  }

  private double perWeek(int index, int from, int end) {
    long sum = 0;
    for (Map.Entry<Integer, int[]> week : weeks.entrySet()) {
      sum += week.getKey() >= from && week.getKey() < end ? week.getValue()[index] : 0;
    }
    return sum * DAYS_OF_WEEK / (double) (end - from);
  }

  /**
   * Notifications per week, of cases about silence and of others.
   *
   * @param from the first week that counts, by its first day
   * @param end the first week after it that does not
   */
  NotificationRate notificationRate(int from, int end) {
    double following = 0;
    double others = 0;
    for (int place = 0; place < cases.size(); place++) {
      double perWeek = perWeek(alerts(place) + 1, from, end);
      if (NotificationRate.follows(cases.get(place))) {
        following += perWeek;
      } else {
        others += perWeek;
      }
    }
    return new NotificationRate(following, others);
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
    for (int i = 0; i < judged.length; i++) {
      judged[i] += other.judged[i];
      right[i] += other.right[i];
    }
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
