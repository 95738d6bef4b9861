package dev.lifesign.domain.customer;

import java.util.Arrays;

/** Arrays in ascending order, and the arrays parallel to them. */
final class Ascending {

  private Ascending() {}

  /**
   * The index of a value, or where it would be inserted. A new value is usually the greatest, and a
   * value looked up is often below all others: neither needs a search.
   */
  static int insertionPoint(int[] values, int value) {
    int last = values.length - 1;
    if (last < 0 || value <= values[0]) {
      return 0;
    }
    if (value > values[last]) {
      return values.length;
    }
    return index(Arrays.binarySearch(values, value));
  }

  /** The same for longs. */
  static int insertionPoint(long[] values, long value) {
    int last = values.length - 1;
    if (last < 0 || value <= values[0]) {
      return 0;
    }
    if (value > values[last]) {
      return values.length;
    }
    return index(Arrays.binarySearch(values, value));
  }

  private static int index(int found) {
    return found >= 0 ? found : -found - 1;
  }

  /**
   * A copy that starts at {@code from}, with a gap of {@code gap} elements at {@code at}, which is
   * usually the end.
   */
  static int[] copy(int[] values, int from, int at, int gap) {
    if (at == values.length) {
      return Arrays.copyOfRange(values, from, at + gap);
    }
    int[] copy = new int[values.length - from + gap];
    System.arraycopy(values, from, copy, 0, at - from);
    System.arraycopy(values, at, copy, at - from + gap, values.length - at);
    return copy;
  }

  /**
   * A copy that starts at {@code from}, with a gap of {@code gap} elements at {@code at}, which is
   * usually the end.
   */
  static long[] copy(long[] values, int from, int at, int gap) {
    if (at == values.length) {
      return Arrays.copyOfRange(values, from, at + gap);
    }
    long[] copy = new long[values.length - from + gap];
    System.arraycopy(values, from, copy, 0, at - from);
    System.arraycopy(values, at, copy, at - from + gap, values.length - at);
    return copy;
  }
}
