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
 * Entries of the index of deadlines, of which the earliest is asked for. By hours, each in no order
 * until it is the first ({@link DeadlineHour}): to add and to remove an entry takes the same time
 * whether there are a thousand or a million (a calendar queue: Brown, Communications of the ACM 31,
 * 1988).
 */
public final class DeadlineCalendar {

  private static final long MILLIS = 3_600_000;

  /** The same hours twice, to find one and to find the first. */
  private final Map<Long, DeadlineHour> hours = new HashMap<>();

  private final NavigableMap<Long, DeadlineHour> inOrder = new TreeMap<>();

  private int size;
  private long bytes;

  /** Adds an entry, or has one that is there stay. */
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
   * @return false if it surely was not; what {@link #firstBefore} gave is removed and known
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

  /** How many entries there are, or some more: those that were removed may be among them. */
  public int size() {
    return size;
  }

  /** What the entries take of the heap, about. */
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

  /** Whether there surely is no entry. */
  public boolean isEmpty() {
    return inOrder.isEmpty();
  }

  /**
   * Takes entries of the last hour out.
   *
   * @param most how many at most; none may be fewer than there are
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

  /** The last hour that may have an entry, since 1970; the least of all numbers if none may. */
  public long lastHour() {
    return inOrder.isEmpty() ? Long.MIN_VALUE : inOrder.lastKey();
  }

  /** Whether no entry is of another hour. */
  public boolean isWithin(long hour) {
    return inOrder.isEmpty() || (inOrder.firstKey() == hour && inOrder.lastKey() == hour);
  }

  /** The entries of an hour, which are not here any more. */
  public Collection<Bytes> takeOut(long number) {
    DeadlineHour hour = hours.get(number);
    if (hour == null) {
      return Set.of();
    }
    end(number);
    return hour.all();
  }

  /** The key before every entry of an hour. */
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
