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
 * Entries of the index of deadlines that fall into the same hour, one after another in one array,
 * until the earliest is asked for, when they are put in order. Most entries are never an object,
 * for none of which the collector has to look, and nothing of an array but its bytes is written.
 */
final class DeadlineHour {

  /** What an hour takes beside its entries, in the calendar and of objects. */
  private static final int HOUR = 216;

  /** What an entry that is an object takes beside the bytes of its key. */
  private static final int ENTRY = 88;

  private static final int SMALLEST = 64;

  /** An array that is full becomes larger by one part in so many. */
  private static final int GROWTH = 4;

  /** What stands before an id: three bytes of instant, two of length. */
  private static final int BEFORE_ID = 3 + Short.BYTES;

  /** When it begins. */
  private final long start;

  /**
   * The milliseconds after the start, the length of an id, and the id, again and again; null when
   * it is in order.
   */
  private byte[] entries = new byte[SMALLEST];

  /** Where the first entry begins that was not taken out. */
  private int begin;

  private int end;
  private int added;

  /** What was removed of the keys; mostly nothing. */
  private Set<Bytes> removed = Set.of();

  /** The entries in order; null before the first was asked for. */
  private NavigableSet<Bytes> inOrder;

  private long bytes = HOUR + SMALLEST;

  /**
   * One without entries.
   *
   * @param start when it begins, milliseconds since 1970
   */
  DeadlineHour(long start) {
    this.start = start;
  }

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
    NavigableSet<Bytes> keys = all();
    return keys.isEmpty() ? Optional.empty() : Optional.of(keys.first());
  }

  /** The entries in their order. */
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
   * Takes entries out, the latest first if they are in order.
   *
   * @param most how many at most
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

  /** Whether nothing is left of what was added. */
  boolean isEmpty() {
    return inOrder == null ? begin == end : inOrder.isEmpty();
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
