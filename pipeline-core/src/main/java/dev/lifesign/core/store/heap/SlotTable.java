package dev.lifesign.core.store.heap;

import java.util.Arrays;

/**
 * Pairs of keys and values, each in one array of bytes that stays in its place, a numbered slot: a
 * table of hashes with open addressing (Knuth, The Art of Computer Programming 3, 6.4, algorithms L
 * and R). An entry is one object, which is written again when another one takes its slot, so that a
 * collector finds little to do, and to find one is to look at three places in memory. Not
 * thread-safe.
 */
final class SlotTable {

  /** What a search that finds nothing gives. */
  static final int NONE = -1;

  /** What an entry takes beside its array's bytes, about: of the table, twice too large, too. */
  static final int ENTRY = 64;

  /** Arrays have a multiple of so many bytes, so that the next one may fit. */
  private static final int GRAIN = 32;

  /** One that grows has room for so much more: one part of what it takes. */
  private static final int SLACK = 8;

  private static final int FIRST_SLOTS = 16;

  /** Hash in the upper half, slot and one in the lower; 0 where there is nothing. */
  private long[] table = new long[4 * FIRST_SLOTS];

  private byte[][] entries = new byte[FIRST_SLOTS][];

  /** Of each slot two: of the key and of the value. */
  private int[] lengths = new int[2 * FIRST_SLOTS];

  /** Slots that were used and are not, the last of them on top. */
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
   * Adds a pair whose key is not there.
   *
   * @param spare an array to keep it in, if it suits; may be null
   * @return its slot: one that was left if there is one, else a new one
   */
  int add(byte[] key, byte[] value, byte[] spare) {
    if (freed == 0 && used == entries.length) {
      grow();
    }
    int slot = freed > 0 ? free[--freed] : used++;
    int length = key.length + value.length;
    entries[slot] = suits(spare, length) ? spare : new byte[grained(length)];
    System.arraycopy(key, 0, entries[slot], 0, key.length);
    lengths[2 * slot] = key.length;
    write(slot, value);
    bytes += ENTRY + entries[slot].length;
    size++;
    link(hash(key, key.length), slot);
    return slot;
  }

  /** Puts another value in place of the one in a slot. */
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
   * @return the array that it was in
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

  /** What the pair in a slot takes of the heap, about. */
  long bytes(int slot) {
    return (long) ENTRY + entries[slot].length;
  }

  /** Whether there is a pair in a slot. */
  boolean isUsed(int slot) {
    return entries[slot] != null;
  }

  /** Every slot is below this. */
  int slots() {
    return used;
  }

  /** How many pairs there are. */
  int size() {
    return size;
  }

  /** What they take of the heap, about. */
  long bytes() {
    return bytes;
  }

  /** What they would take with one more, which may be kept in a spare array. */
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

  /** Moves those up that came behind it because of it. */
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

  /** Of the first bytes, mixed well (the end of MurmurHash3, which is in the public domain). */
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
