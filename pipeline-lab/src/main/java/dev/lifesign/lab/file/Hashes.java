package dev.lifesign.lab.file;

import java.util.Arrays;

/** A set of 64-bit hashes of texts: eight to sixteen bytes per text, however long it is. */
final class Hashes {

  private static final int INITIAL = 1 << 10;

  private long[] slots = new long[INITIAL];
  private int size;

  /** The hash of a text; never 0. */
  static long of(String text) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    hash ^= hash >>> 32;
    hash *= 0x9E3779B97F4A7C15L;
    hash ^= hash >>> 29;
    return hash == 0 ? 1 : hash;
  }

  /** Adds a hash; false if it was there. */
  boolean add(long hash) {
    if (2 * size >= slots.length) {
      grow();
    }
    int slot = slot(hash);
    if (slots[slot] == hash) {
      return false;
    }
    slots[slot] = hash;
    size++;
    return true;
  }

  boolean contains(long hash) {
    return slots[slot(hash)] == hash;
  }

  boolean isEmpty() {
    return size == 0;
  }

  private int slot(long hash) {
    int mask = slots.length - 1;
    int slot = (int) hash & mask;
    while (slots[slot] != 0 && slots[slot] != hash) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] before = slots;
    slots = new long[2 * before.length];
    Arrays.stream(before).filter(hash -> hash != 0).forEach(hash -> slots[slot(hash)] = hash);
  }
}
