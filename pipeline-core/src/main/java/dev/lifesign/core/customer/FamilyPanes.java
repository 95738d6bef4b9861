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
    int from = insertion(Arrays.binarySearch(keys, key(oldest, 0)));
    long key = key(day, family.ordinal());
    int place = Arrays.binarySearch(keys, key);
    if (place >= 0) {
      long[] nextKeys = from == 0 ? keys : Arrays.copyOfRange(keys, from, keys.length);
      int[] nextCounts = Arrays.copyOfRange(counts, from, counts.length);
      nextCounts[place - from]++;
      return new FamilyPanes(nextKeys, nextCounts);
    }
    int insertion = insertion(place) - from;
    int kept = keys.length - from;
    long[] nextKeys = new long[kept + 1];
    int[] nextCounts = new int[kept + 1];
    System.arraycopy(keys, from, nextKeys, 0, insertion);
    System.arraycopy(counts, from, nextCounts, 0, insertion);
    nextKeys[insertion] = key;
    nextCounts[insertion] = 1;
    System.arraycopy(keys, from + insertion, nextKeys, insertion + 1, kept - insertion);
    System.arraycopy(counts, from + insertion, nextCounts, insertion + 1, kept - insertion);
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

  private static int insertion(int place) {
    return place >= 0 ? place : -place - 1;
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
