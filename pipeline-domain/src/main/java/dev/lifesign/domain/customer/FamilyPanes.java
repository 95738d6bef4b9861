package dev.lifesign.domain.customer;

import dev.lifesign.domain.event.Family;
import java.util.Arrays;

/**
 * The number of events per family and calendar day, for {@link #DAYS} days; days without events
 * have no pane. Days are in days since 1970-01-01. Immutable.
 */
public final class FamilyPanes {

  /** For how many days panes are kept. */
  public static final int DAYS = 30;

  /** No panes. */
  public static final FamilyPanes EMPTY = new FamilyPanes(new long[0], new int[0]);

  private static final int FAMILIES = Family.values().length;

  /** day * FAMILIES + family, ascending. */
  private final long[] keys;

  private final int[] counts;

  private FamilyPanes(long[] keys, int[] counts) {
    this.keys = keys;
    this.counts = counts;
  }

  /**
   * Restores panes, ascending by day and family.
   *
   * @param days days since 1970-01-01
   * @param families ordinals of the families
   * @param counts number of events
   */
  public static FamilyPanes of(int[] days, int[] families, int[] counts) {
    long[] keys = new long[days.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = key(days[i], families[i]);
    }
    return new FamilyPanes(keys, counts.clone());
  }

  /** Counts one more event and drops the days that are outside today's window. */
  public FamilyPanes plus(int day, Family family, int today) {
    int oldest = today - DAYS + 1;
    if (day < oldest) {
      return this;
    }
    int from = Ascending.insertionPoint(keys, key(oldest, 0));
    long key = key(day, family.ordinal());
    int to = Ascending.insertionPoint(keys, key);
    boolean known = to < keys.length && keys[to] == key;
    int gap = known ? 0 : 1;
    long[] nextKeys = known && from == 0 ? keys : Ascending.copy(keys, from, to, gap);
    int[] nextCounts = Ascending.copy(counts, from, to, gap);
    if (!known) {
      nextKeys[to - from] = key;
    }
    nextCounts[to - from]++;
    return new FamilyPanes(nextKeys, nextCounts);
  }

  /** The number of events of a family in the window of {@code windowDays} days. */
  public long count(Family family, int windowDays, int today) {
    long lastExpired = today - (long) windowDays;
    long sum = 0;
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] % FAMILIES == family.ordinal() && day(i) > lastExpired) {
        sum += counts[i];
      }
    }
    return sum;
  }

  /** The number of panes. */
  public int size() {
    return keys.length;
  }

  /** The day of the i-th pane. */
  public int day(int i) {
    return (int) (keys[i] / FAMILIES);
  }

  /** The ordinal of the family of the i-th pane. */
  public int family(int i) {
    return (int) (keys[i] % FAMILIES);
  }

  /** The number of events in the i-th pane. */
  public int count(int i) {
    return counts[i];
  }

  private static long key(int day, int family) {
    return (long) day * FAMILIES + family;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FamilyPanes panes
        && Arrays.equals(keys, panes.keys)
        && Arrays.equals(counts, panes.counts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(keys) + Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return keys.length + " panes";
  }
}
