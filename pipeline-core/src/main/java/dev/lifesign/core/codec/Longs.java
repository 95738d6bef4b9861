package dev.lifesign.core.codec;

import java.util.Arrays;

/** Collects the numbers of an Avro array, which is read block by block. */
final class Longs {

  private long[] values = {};
  private int size;

  /** Makes room for the given number of further elements. */
  void expect(long more) {
    values = Arrays.copyOf(values, Math.toIntExact(size + more));
  }

  void add(long value) {
    values[size++] = value;
  }

  /** The numbers; nothing may be added afterwards. */
  long[] toArray() {
    return values;
  }
}
