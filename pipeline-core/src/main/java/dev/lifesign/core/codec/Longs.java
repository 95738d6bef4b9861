package dev.lifesign.core.codec;

import java.util.Arrays;

/** Numbers of an array that is read block by block. */
final class Longs {

  private long[] values = {};
  private int size;

  /** So many more will be added. */
  void expect(long more) {
    values = Arrays.copyOf(values, Math.toIntExact(size + more));
  }

  void add(long value) {
    values[size++] = value;
  }

  /** The array itself; nothing may be added after. */
  long[] toArray() {
    return values;
  }
}
