package dev.lifesign.core.store.heap;

import dev.lifesign.core.codec.DeadlineKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;

/**
 * The entries of the deadline index that fall into the same hour. They are encoded one after
 * another in one array, and sorted only when the earliest is needed. Most entries never become
 * objects, which saves work for the garbage collector.
 */
final class DeadlineHour {

  /** The size of an hour without its entries, bytes. */
  private static final int HOUR = 216;

  /** The size of a sorted entry without the bytes of its key, bytes. */
  private static final int ENTRY = 88;

  private static final int SMALLEST = 64;

  /** A full array grows by its size divided by this number. */
  private static final int GROWTH = 4;

  /** The bytes before an id: three of the instant, two of the length. */
  private static final int BEFORE_ID = 3 + Short.BYTES;

  /** When the hour begins, milliseconds since 1970. */
  private final long start;

  /**
   * For each entry the milliseconds after the start, the length of the id, and the id; null once
   * the entries are sorted.
   */
  private byte[] entries = new byte[SMALLEST];

  /** Where the first remaining entry begins. */
  private int begin;

  private int end;
  private int added;

  /** Removed keys; usually none. */
  private Set<Bytes> removed = Set.of();

  /** The entries, sorted; null before the first is needed. */
  private NavigableSet<Bytes> inOrder;

  private long bytes = HOUR + SMALLEST;

  /**
   * Creates an hour without entries.
   *
   * @param start when it begins, milliseconds since 1970
   */
  DeadlineHour(long start) {
    this.start = start;
  }

  /** Adds an entry, unless it is already there. */
  void add(Bytes key) {
    byte[] bytesOfKey = key.get();
    if (inOrder != null) {
      bytes += inOrder.add(key) ? ENTRY + bytesOfKey.length : 0;
      return;
    }
    if (!removed.isEmpty() && removed.remove(key)) {
      bytes -= ENTRY + bytesOfKey.length;
    }
    int lengthOfId = bytesOfKey.length - DeadlineKey.BEFORE_ID;
    int next = end + BEFORE_ID + lengthOfId;
    if (next > entries.length) {
      int length = Math.max(next - begin, entries.length + entries.length / GROWTH);
      bytes += length - entries.length;
      byte[] before = entries;
      entries = new byte[length];
      System.arraycopy(before, begin, entries, 0, end - begin);
      end -= begin;
      next -= begin;
      begin = 0;
    }
    int after = (int) (DeadlineKey.due(key) - start);
    ByteBuffer.wrap(entries, end, next - end)
        .put((byte) (after >>> Short.SIZE))
        .putShort((short) after)
        .putShort((short) lengthOfId)
        .put(bytesOfKey, DeadlineKey.BEFORE_ID, lengthOfId);
    end = next;
    added++;
  }

  /**
   * Removes an entry, if it is there.
   *
   * @return false if it certainly was not there
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
    NavigableSet<Bytes> keys = all();
    return keys.isEmpty() ? Optional.empty() : Optional.of(keys.first());
  }

  /** The entries, sorted. */
  NavigableSet<Bytes> all() {
    if (inOrder == null) {
      inOrder = read();
      entries = null;
      removed = Set.of();
      bytes = HOUR;
      inOrder.forEach(key -> bytes += ENTRY + key.get().length);
    }
    return inOrder;
  }

  private NavigableSet<Bytes> read() {
    NavigableSet<Bytes> keys = new TreeSet<>();
    ByteBuffer in = ByteBuffer.wrap(entries, begin, end - begin);
    while (in.hasRemaining()) {
      keys.add(next(in));
    }
    keys.removeAll(removed);
    return keys;
  }

  private Bytes next(ByteBuffer in) {
    int after = (in.get() & 0xFF) << Short.SIZE | (in.getShort() & 0xFFFF);
    byte[] id = new byte[in.getShort() & 0xFFFF];
    in.get(id);
    return DeadlineKey.toBytes(start + after, id);
  }

  /**
   * Removes and returns entries, the latest first if they are sorted.
   *
   * @param most the maximum number
   */
  List<Bytes> takeSome(int most) {
    List<Bytes> taken = new ArrayList<>();
    if (inOrder != null) {
      while (taken.size() < most && !inOrder.isEmpty()) {
        Bytes last = inOrder.pollLast();
        bytes -= ENTRY + last.get().length;
        taken.add(last);
      }
      return taken;
    }
    ByteBuffer in = ByteBuffer.wrap(entries, begin, end - begin);
    while (taken.size() < most && in.hasRemaining()) {
      Bytes key = next(in);
      added--;
      if (!removed.contains(key)) {
        taken.add(key);
      }
    }
    begin = in.position();
    return taken;
  }

  /**
   * Frees the bytes of removed and taken entries, which otherwise stay until the hour is sorted.
   */
  void compact() {
    if (inOrder != null || (removed.isEmpty() && begin == 0)) {
      return;
    }
    byte[] before = entries;
    ByteBuffer in = ByteBuffer.wrap(before, begin, end - begin);
    Set<Bytes> left = removed;
    entries = new byte[Math.max(SMALLEST, end - begin)];
    begin = 0;
    end = 0;
    added = 0;
    removed = Set.of();
    while (in.hasRemaining()) {
      Bytes key = next(in);
      if (!left.contains(key)) {
        add(key);
      }
    }
    bytes = (long) HOUR + entries.length;
  }

  /** Whether there is no entry. */
  boolean isEmpty() {
    return inOrder == null ? begin == end : inOrder.isEmpty();
  }

  /**
   * The number of entries; until they are sorted, duplicates and removed entries may be counted.
   */
  int size() {
    return inOrder == null ? added : inOrder.size();
  }

  /** The approximate size, bytes. */
  long bytes() {
    return bytes;
  }
}
