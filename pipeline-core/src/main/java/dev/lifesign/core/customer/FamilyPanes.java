package dev.lifesign.core.customer;

import dev.lifesign.core.event.Family;
import dev.lifesign.core.time.Instants;
import java.util.Arrays;

/** Events of each family on each UTC day that has any, for {@link #DAYS} days. Immutable. */
public final class FamilyPanes {

  /** For how many days they are kept. */
  public static final int DAYS = 30;

  /** No day. */
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
   * From stored panes, ascending by day and family.
   *
   * @param days days since 1970-01-01
   * @param families places in the order of the families
   * @param counts events
   */
  public static FamilyPanes of(int[] days, int[] families, int[] counts) {
    long[] keys = new long[days.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = key(days[i], families[i]);
    }
    return new FamilyPanes(keys, counts.clone());
  }

  /** These and one more event, without the days beyond the window at the instant. */
  public FamilyPanes plus(int day, Family family, long at) {
    int oldest = Instants.dayOf(at) - DAYS + 1;
    if (day < oldest) {
      return this;
    }
    int from = Ascending.place(keys, key(oldest, 0));
    long key = key(day, family.ordinal());
    int to = Ascending.place(keys, key);
    boolean known = to < keys.length && keys[to] == key;
    int room = known ? 0 : 1;
    long[] nextKeys = known && from == 0 ? keys : Ascending.copy(keys, from, to, room);
    int[] nextCounts = Ascending.copy(counts, from, to, room);
    if (!known) {
      nextKeys[to - from] = key;
    }
    nextCounts[to - from]++;
    return new FamilyPanes(nextKeys, nextCounts);
  }

  /** Events of the family in the window of so many days at the instant. */
  public long count(Family family, int windowDays, long at) {
    long gone = Instants.dayOf(at) - (long) windowDays;
    long sum = 0;
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] % FAMILIES == family.ordinal() && day(i) > gone) {
        sum += counts[i];
      }
    }
    return sum;
  }

  /** How many panes there are. */
  public int size() {
    return keys.length;
  }

  /** The day of the i-th pane. */
  public int day(int i) {
    return (int) (keys[i] / FAMILIES);
  }

  /** The family of the i-th pane, its place in the order of the families. */
  public int family(int i) {
    return (int) (keys[i] % FAMILIES);
  }

  /** The events of the i-th pane. */
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
