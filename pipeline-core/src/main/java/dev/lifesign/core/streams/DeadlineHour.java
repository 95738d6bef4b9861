package dev.lifesign.core.streams;

import dev.lifesign.core.streams.codec.DeadlineKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
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
    int lengthOfId = bytesOfKey.length - Long.BYTES;
    int next = end + BEFORE_ID + lengthOfId;
    if (next > entries.length) {
      int length = Math.max(next, entries.length + entries.length / GROWTH);
      bytes += length - entries.length;
      entries = Arrays.copyOf(entries, length);
    }
    int after = (int) (DeadlineKey.due(key) - start);
    ByteBuffer.wrap(entries, end, next - end)
        .put((byte) (after >>> Short.SIZE))
        .putShort((short) after)
        .putShort((short) lengthOfId)
        .put(bytesOfKey, Long.BYTES, lengthOfId);
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
    ByteBuffer in = ByteBuffer.wrap(entries, 0, end);
    while (in.hasRemaining()) {
      int after = (in.get() & 0xFF) << Short.SIZE | (in.getShort() & 0xFFFF);
      byte[] id = new byte[in.getShort() & 0xFFFF];
      in.get(id);
      keys.add(DeadlineKey.toBytes(start + after, id));
    }
    keys.removeAll(removed);
    return keys;
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
