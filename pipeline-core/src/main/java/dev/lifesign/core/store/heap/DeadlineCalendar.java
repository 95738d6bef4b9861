package dev.lifesign.core.store.heap;

import dev.lifesign.core.codec.DeadlineKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;

/**
 * Entries of the deadline index, with access to the earliest. They are grouped by hour, and an hour
 * is sorted only when it becomes the first ({@link DeadlineHour}), so adding and removing an entry
 * takes constant time (a calendar queue: Brown, Communications of the ACM 31, 1988).
 */
public final class DeadlineCalendar {

  private static final long MILLIS = 3_600_000;

  /** The hours by number, for lookups; {@code inOrder} has the same hours, sorted. */
  private final Map<Long, DeadlineHour> hours = new HashMap<>();

  private final NavigableMap<Long, DeadlineHour> inOrder = new TreeMap<>();

  private int size;
  private long bytes;

  /** Adds an entry, unless it is already there. */
  public void add(Bytes key) {
    long number = hour(key);
    DeadlineHour hour = hours.get(number);
    if (hour == null) {
      hour = new DeadlineHour(number * MILLIS);
      hours.put(number, hour);
      inOrder.put(number, hour);
    } else {
      leaveOut(hour);
    }
    hour.add(key);
    count(hour);
  }

  /**
   * Removes an entry, if it is there.
   *
   * @return false if it certainly was not there; exact for an entry that {@link #firstBefore}
   *     returned
   */
  public boolean remove(Bytes key) {
    DeadlineHour hour = hours.get(hour(key));
    if (hour == null) {
      return false;
    }
    leaveOut(hour);
    boolean removed = hour.remove(key);
    count(hour);
    return removed;
  }

  private void leaveOut(DeadlineHour hour) {
    size -= hour.size();
    bytes -= hour.bytes();
  }

  private void count(DeadlineHour hour) {
    size += hour.size();
    bytes += hour.bytes();
  }

  /** The number of entries, possibly too high: removed entries may be counted. */
  public int size() {
    return size;
  }

  /** The approximate size of the entries, bytes. */
  public long bytes() {
    return bytes;
  }

  /** The earliest entry before an instant. */
  public Optional<Bytes> firstBefore(long bound) {
    while (!inOrder.isEmpty()) {
      Map.Entry<Long, DeadlineHour> first = inOrder.firstEntry();
      if (first.getKey() > Math.floorDiv(bound, MILLIS)) {
        return Optional.empty();
      }
      DeadlineHour hour = first.getValue();
      leaveOut(hour);
      Optional<Bytes> key = hour.first();
      count(hour);
      if (key.isPresent()) {
        return key.filter(earliest -> DeadlineKey.due(earliest) < bound);
      }
      end(first.getKey());
    }
    return Optional.empty();
  }

  /** Whether there certainly is no entry. */
  public boolean isEmpty() {
    return inOrder.isEmpty();
  }

  /**
   * Removes and returns entries of the last hour.
   *
   * @param most the maximum number; an empty result does not mean that there are no entries
   */
  public List<Bytes> takeSomeOfLast(int most) {
    Map.Entry<Long, DeadlineHour> last = inOrder.lastEntry();
    if (last == null) {
      return List.of();
    }
    DeadlineHour hour = last.getValue();
    leaveOut(hour);
    List<Bytes> taken = hour.takeSome(most);
    count(hour);
    if (hour.isEmpty()) {
      end(last.getKey());
    }
    return taken;
  }

  /** Drops the entries of an hour, if there are any. */
  public void drop(long number) {
    if (hours.containsKey(number)) {
      end(number);
    }
  }

  /** Frees the bytes of removed entries; takes time in proportion to all entries. */
  public void compact() {
    for (DeadlineHour hour : hours.values()) {
      leaveOut(hour);
      hour.compact();
      count(hour);
    }
  }

  /**
   * The last hour that may have an entry, in hours since 1970; {@link Long#MIN_VALUE} if there is
   * none.
   */
  public long lastHour() {
    return inOrder.isEmpty() ? Long.MIN_VALUE : inOrder.lastKey();
  }

  /** Whether all entries are in the given hour. */
  public boolean isWithin(long hour) {
    return inOrder.isEmpty() || (inOrder.firstKey() == hour && inOrder.lastKey() == hour);
  }

  /** Removes and returns the entries of an hour. */
  public Collection<Bytes> takeOut(long number) {
    DeadlineHour hour = hours.get(number);
    if (hour == null) {
      return Set.of();
    }
    end(number);
    return hour.all();
  }

  /** A key before every entry of an hour. */
  public static Bytes first(long hour) {
    return DeadlineKey.first(hour * MILLIS);
  }

  private void end(long number) {
    leaveOut(hours.remove(number));
    inOrder.remove(number);
  }

  private static long hour(Bytes key) {
    return Math.floorDiv(DeadlineKey.due(key), MILLIS);
  }
}
