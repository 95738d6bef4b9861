package dev.lifesign.core.customer;

import java.util.Arrays;

/** Arrays in ascending order, and those beside them. */
final class Ascending {

  private Ascending() {}

  /**
   * The place of a value, or where it would be inserted. What is added is mostly the greatest, and
   * what is looked for is often less than all: neither is searched for.
   */
  static int place(int[] values, int value) {
    int last = values.length - 1;
    if (last < 0 || value <= values[0]) {
      return 0;
    }
    if (value > values[last]) {
      return values.length;
    }
    return insertion(Arrays.binarySearch(values, value));
  }

  /** The place of a value, or where it would be inserted; as of other values. */
  static int place(long[] values, long value) {
    int last = values.length - 1;
    if (last < 0 || value <= values[0]) {
      return 0;
    }
    if (value > values[last]) {
      return values.length;
    }
    return insertion(Arrays.binarySearch(values, value));
  }

  private static int insertion(int place) {
    return place >= 0 ? place : -place - 1;
  }

  /** A copy from a place on, with room for so many more at another, which is mostly the end. */
  static int[] copy(int[] values, int from, int at, int room) {
    if (at == values.length) {
      return Arrays.copyOfRange(values, from, at + room);
    }
    int[] copy = new int[values.length - from + room];
    System.arraycopy(values, from, copy, 0, at - from);
    System.arraycopy(values, at, copy, at - from + room, values.length - at);
    return copy;
  }

  /** A copy from a place on, with room for so many more at another, which is mostly the end. */
  static long[] copy(long[] values, int from, int at, int room) {
    if (at == values.length) {
      return Arrays.copyOfRange(values, from, at + room);
    }
    long[] copy = new long[values.length - from + room];
    System.arraycopy(values, from, copy, 0, at - from);
    System.arraycopy(values, at, copy, at - from + room, values.length - at);
    return copy;
  }
}
