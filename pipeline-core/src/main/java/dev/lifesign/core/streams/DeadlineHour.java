package dev.lifesign.core.streams;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;

/**
 * Entries of the index of deadlines that fall into the same hour: their keys one after another in
 * one array, until the earliest is asked for, when they are put in order. Most entries are never an
 * object, for none of which the collector has to look, and nothing of an array but its bytes is
 * written.
 */
final class DeadlineHour {

  /** What an hour takes beside its entries, in the calendar and of objects. */
  private static final int HOUR = 216;

  /** What an entry that is an object takes beside the bytes of its key. */
  private static final int ENTRY = 88;

  private static final int SMALLEST = 64;

  /** The length of a key in two bytes and the key, again and again; null when it is in order. */
  private byte[] keys = new byte[SMALLEST];

  private int end;
  private int added;

  /** What was removed of the keys; mostly nothing. */
  private Set<Bytes> removed = Set.of();

  /** The entries in order; null before the first was asked for. */
  private NavigableSet<Bytes> inOrder;

  private long bytes = HOUR + SMALLEST;

  /** Adds an entry, or has one that is there stay. */
  void add(Bytes key) {
    byte[] bytesOfKey = key.get();
    if (inOrder != null) {
      bytes += inOrder.add(key) ? ENTRY + bytesOfKey.length : 0;
      return;
    }
    if (!removed.isEmpty() && removed.remove(key)) {
      bytes -= ENTRY + bytesOfKey.length;
    }
    int next = end + Short.BYTES + bytesOfKey.length;
    if (next > keys.length) {
      int length = Math.max(next, keys.length + keys.length / 2);
      bytes += length - keys.length;
      keys = Arrays.copyOf(keys, length);
    }
    ByteBuffer.wrap(keys, end, next - end).putShort((short) bytesOfKey.length).put(bytesOfKey);
    end = next;
    added++;
  }

  /**
   * Removes an entry, if it is there.
   *
   * @return false if it surely was not
   */
  boolean remove(Bytes key) {
    int size = ENTRY + key.get().length;
    if (inOrder != null) {
      boolean known = inOrder.remove(key);
      bytes -= known ? size : 0;
      return known;
    }
    if (removed.isEmpty()) {
      removed = new HashSet<>();
    }
    bytes += removed.add(key) ? size : 0;
    return true;
  }

  /** The earliest entry. */
  Optional<Bytes> first() {
    NavigableSet<Bytes> entries = all();
    return entries.isEmpty() ? Optional.empty() : Optional.of(entries.first());
  }

  /** The entries in their order. */
  NavigableSet<Bytes> all() {
    if (inOrder == null) {
      inOrder = read();
      keys = null;
      removed = Set.of();
      bytes = HOUR;
      inOrder.forEach(key -> bytes += ENTRY + key.get().length);
    }
    return inOrder;
  }

  private NavigableSet<Bytes> read() {
    NavigableSet<Bytes> entries = new TreeSet<>();
    ByteBuffer in = ByteBuffer.wrap(keys, 0, end);
    while (in.hasRemaining()) {
      byte[] key = new byte[in.getShort() & 0xFFFF];
      in.get(key);
      entries.add(Bytes.wrap(key));
    }
    entries.removeAll(removed);
    return entries;
  }

  /**
   * How many entries there are; with those that were added twice or removed, before it is known.
   */
  int size() {
    return inOrder == null ? added : inOrder.size();
  }

  /** What it takes of the heap, about. */
  long bytes() {
    return bytes;
  }
}
