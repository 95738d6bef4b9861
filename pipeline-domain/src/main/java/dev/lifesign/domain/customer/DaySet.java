package dev.lifesign.domain.customer;

import java.util.Arrays;

/** Distinct calendar days, in days since 1970-01-01, ascending. Immutable. */
public final class DaySet {

  /** The empty set. */
  public static final DaySet EMPTY = new DaySet(new int[0]);

  private final int[] days;

  private DaySet(int[] days) {
    this.days = days;
  }

  /**
   * Restores a set.
   *
   * @param days ascending, distinct
   */
  public static DaySet of(int[] days) {
    return days.length == 0 ? EMPTY : new DaySet(days.clone());
  }

  /** This set with a day added. */
  public DaySet with(int day) {
    int index = Ascending.insertionPoint(days, day);
    if (index < days.length && days[index] == day) {
      return this;
    }
    int[] next = Ascending.copy(days, 0, index, 1);
    next[index] = day;
    return new DaySet(next);
  }

  /** The number of days. */
  public int size() {
    return days.length;
  }

  /** Days from the first to the last; 0 if there is none. */
  public int span() {
    return days.length == 0 ? 0 : days[days.length - 1] - days[0];
  }

  /** The i-th day. */
  public int day(int i) {
    return days[i];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DaySet set && Arrays.equals(days, set.days);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(days);
  }

  @Override
  public String toString() {
    return Arrays.toString(days);
  }
}
