package dev.lifesign.core.codec;

import java.util.Arrays;

/** Numbers of an array that is read block by block. */
final class Ints {

  private int[] values = {};
  private int size;

  /** So many more will be added. */
  void expect(long more) {
    values = Arrays.copyOf(values, Math.toIntExact(size + more));
  }

  void add(int value) {
    values[size++] = value;
  }

  /** The array itself; nothing may be added after. */
  int[] toArray() {
    return values;
  }
}
