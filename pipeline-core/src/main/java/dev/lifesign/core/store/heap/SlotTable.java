package dev.lifesign.core.store.heap;

import java.util.Arrays;

/**
 * A hash table of byte keys and values with open addressing (Knuth, The Art of Computer Programming
 * 3, 6.4, algorithms L and R). Each pair is in one byte array in a numbered slot and keeps its
 * slot. Arrays are reused, which saves work for the garbage collector, and a lookup reads three
 * places in memory. Not thread-safe.
 */
final class SlotTable {

  /** The result of a search that finds nothing. */
  static final int NONE = -1;

  /**
   * The approximate size of an entry without the bytes of its array, including its part of the
   * table.
   */
  static final int ENTRY = 64;

  /** The size of an array is a multiple of this many bytes, so that another pair may fit. */
  private static final int GRAIN = 32;

  /** An array that grows gets extra room: its size divided by this number. */
  private static final int SLACK = 8;

  private static final int FIRST_SLOTS = 16;

  /** The hash in the upper half, the slot plus one in the lower; 0 if empty. */
  private long[] table = new long[4 * FIRST_SLOTS];

  private byte[][] entries = new byte[FIRST_SLOTS][];

  /** Two numbers per slot: the lengths of the key and of the value. */
  private int[] lengths = new int[2 * FIRST_SLOTS];

  /** A stack of slots that are free again. */
  private int[] free = new int[FIRST_SLOTS];

  private int freed;
  private int used;
  private int size;
  private long bytes;

  /** The slot of a key; {@link #NONE} if it is not there. */
  int find(byte[] key) {
    int place = place(key, hash(key, key.length));
    return place == NONE ? NONE : slot(table[place]);
  }

  /**
   * Adds a pair whose key is not in the table.
   *
   * @param spare an array to reuse if it fits; may be null
   * @return the slot: a free one if there is one, otherwise a new one
   */
  int add(byte[] key, byte[] value, byte[] spare) {
    if (freed == 0 && used == entries.length) {
      grow();
    }
    int slot = freed > 0 ? free[--freed] : used++;
    int length = key.length + value.length;
    if (suits(spare, length)) {
      entries[slot] = spare;
      // The rest may have an id of its former customer, who may be erased.
      Arrays.fill(spare, length, spare.length, (byte) 0);
    } else {
      entries[slot] = new byte[grained(length)];
    }
    System.arraycopy(key, 0, entries[slot], 0, key.length);
    lengths[2 * slot] = key.length;
    write(slot, value);
    bytes += ENTRY + entries[slot].length;
    size++;
    link(hash(key, key.length), slot);
    return slot;
  }

  /** Replaces the value in a slot. */
  void set(int slot, byte[] value) {
    byte[] before = entries[slot];
    int length = lengths[2 * slot] + value.length;
    if (length > before.length) {
      entries[slot] = Arrays.copyOf(before, grained(length + length / SLACK));
      bytes += entries[slot].length - before.length;
    }
    write(slot, value);
  }

  /**
   * Removes the pair in a slot.
   *
   * @return its array, for reuse
   */
  byte[] remove(int slot) {
    byte[] entry = entries[slot];
    unlink(place(slot));
    entries[slot] = null;
    bytes -= ENTRY + entry.length;
    size--;
    if (freed == free.length) {
      free = Arrays.copyOf(free, 2 * freed);
    }
    free[freed++] = slot;
    return entry;
  }

  /** A copy of the key in a slot. */
  byte[] key(int slot) {
    return Arrays.copyOf(entries[slot], lengths[2 * slot]);
  }

  /** A copy of the value in a slot. */
  byte[] value(int slot) {
    int from = lengths[2 * slot];
    return Arrays.copyOfRange(entries[slot], from, from + lengths[2 * slot + 1]);
  }

  /** The approximate size of the pair in a slot, bytes. */
  long bytes(int slot) {
    return (long) ENTRY + entries[slot].length;
  }

  /** Whether a slot contains a pair. */
  boolean isUsed(int slot) {
    return entries[slot] != null;
  }

  /** One more than the highest slot. */
  int slots() {
    return used;
  }

  /** The number of pairs. */
  int size() {
    return size;
  }

  /** The approximate size of all pairs, bytes. */
  long bytes() {
    return bytes;
  }

  /** The size after adding a pair, for which a spare array may be reused. */
  long bytesWith(byte[] key, byte[] value, byte[] spare) {
    int length = key.length + value.length;
    return bytes + ENTRY + (suits(spare, length) ? spare.length : grained(length));
  }

  private void write(int slot, byte[] value) {
    System.arraycopy(value, 0, entries[slot], lengths[2 * slot], value.length);
    lengths[2 * slot + 1] = value.length;
  }

  private static boolean suits(byte[] spare, int length) {
    return spare != null
        && spare.length >= length
        && spare.length <= grained(length + 2 * length / SLACK);
  }

  private static int grained(int length) {
    return (length + GRAIN - 1) / GRAIN * GRAIN;
  }

  private void grow() {
    int slots = entries.length + entries.length / 2;
    entries = Arrays.copyOf(entries, slots);
    lengths = Arrays.copyOf(lengths, 2 * slots);
    if (2 * slots > table.length) {
      long[] before = table;
      table = new long[2 * before.length];
      for (long link : before) {
        if (link != 0) {
          link((int) (link >>> 32), slot(link));
        }
      }
    }
  }

  private void link(int hash, int slot) {
    int place = home(hash);
    while (table[place] != 0) {
      place = next(place);
    }
    table[place] = (long) hash << 32 | (slot + 1);
  }

  /** Empties a place of the table and moves up the entries that it had displaced. */
  private void unlink(int place) {
    int hole = place;
    for (int at = next(hole); table[at] != 0; at = next(at)) {
      int home = home((int) (table[at] >>> 32));
      int mask = table.length - 1;
      if (((at - home) & mask) >= ((at - hole) & mask)) {
        table[hole] = table[at];
        hole = at;
      }
    }
    table[hole] = 0;
  }

  private int place(byte[] key, int hash) {
    for (int place = home(hash); table[place] != 0; place = next(place)) {
      int slot = slot(table[place]);
      if ((int) (table[place] >>> 32) == hash && hasKey(slot, key)) {
        return place;
      }
    }
    return NONE;
  }

  private int place(int slot) {
    int place = home(hash(entries[slot], lengths[2 * slot]));
    while (slot(table[place]) != slot) {
      place = next(place);
    }
    return place;
  }

  private boolean hasKey(int slot, byte[] key) {
    int length = lengths[2 * slot];
    return Arrays.equals(entries[slot], 0, length, key, 0, key.length);
  }

  private static int slot(long link) {
    return (int) link - 1;
  }

  private int home(int hash) {
    return hash & (table.length - 1);
  }

  private int next(int place) {
    return (place + 1) & (table.length - 1);
  }

  /**
   * The hash of the first bytes, with the finalizer of MurmurHash3, which is in the public domain.
   */
  private static int hash(byte[] bytes, int length) {
    int hash = 1;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + bytes[i];
    }
    hash = (hash ^ hash >>> 16) * 0x85ebca6b;
    hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
    return hash ^ hash >>> 16;
  }
}
