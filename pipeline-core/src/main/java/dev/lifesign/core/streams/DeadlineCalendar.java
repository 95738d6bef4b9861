package dev.lifesign.core.streams;

import dev.lifesign.core.streams.codec.DeadlineKey;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;

/**
 * Entries of the index of deadlines, of which the earliest is asked for and most go before they are
 * the earliest. By hours, each in no order until it is the first: to add and to remove an entry
 * takes the same time whether there are a thousand or a million, and changes few objects, which is
 * what the collector looks for (a calendar queue: Brown, Communications of the ACM 31, 1988).
 */
final class DeadlineCalendar {

  private static final long MILLIS = 3_600_000;

  /** What an entry takes beside the bytes of its key, and an hour beside its entries. */
  private static final int ENTRY = 88;

  private static final int HOUR = 216;

  /** No set is empty. */
  private final NavigableMap<Long, Set<Bytes>> hours = new TreeMap<>();

  private int size;
  private long bytes;

  /** Adds an entry; says whether it was not there. */
  boolean add(Bytes key) {
    long hour = hour(key);
    Set<Bytes> entries = hours.get(hour);
    if (entries == null) {
      entries = begin(hour);
    }
    if (!entries.add(key)) {
      return false;
    }
    size++;
    bytes += bytes(key);
    return true;
  }

  /** Removes an entry; says whether it was there. */
  boolean remove(Bytes key) {
    long hour = hour(key);
    Set<Bytes> entries = hours.get(hour);
    if (entries == null || !entries.remove(key)) {
      return false;
    }
    size--;
    bytes -= bytes(key);
    if (entries.isEmpty()) {
      end(hour);
    }
    return true;
  }

  /** Whether there is an entry. */
  boolean contains(Bytes key) {
    Set<Bytes> entries = hours.isEmpty() ? null : hours.get(hour(key));
    return entries != null && entries.contains(key);
  }

  /** How many entries there are. */
  int size() {
    return size;
  }

  /** What they take of the heap, about. */
  long bytes() {
    return bytes;
  }

  /** The earliest entry before an instant. */
  Optional<Bytes> firstBefore(long bound) {
    Map.Entry<Long, Set<Bytes>> hour = hours.firstEntry();
    if (hour == null || hour.getKey() > Math.floorDiv(bound, MILLIS)) {
      return Optional.empty();
    }
    Bytes first = inOrder(hour.getKey(), hour.getValue()).first();
    return DeadlineKey.due(first) < bound ? Optional.of(first) : Optional.empty();
  }

  /** Takes each entry. */
  void forEach(Consumer<Bytes> taker) {
    hours.values().forEach(entries -> entries.forEach(taker));
  }

  /** The last hour that has an entry, since 1970; the least of all numbers if none has. */
  long lastHour() {
    return hours.isEmpty() ? Long.MIN_VALUE : hours.lastKey();
  }

  /** Whether all entries are of an hour. */
  boolean isWithin(long hour) {
    return hours.isEmpty() || (hours.firstKey() == hour && hours.lastKey() == hour);
  }

  /** The entries of an hour, which are not here any more. */
  Collection<Bytes> takeOut(long hour) {
    Set<Bytes> entries = hours.get(hour);
    if (entries == null) {
      return Set.of();
    }
    end(hour);
    size -= entries.size();
    entries.forEach(key -> bytes -= bytes(key));
    return entries;
  }

  /** The key before every entry of an hour. */
  static Bytes first(long hour) {
    return DeadlineKey.first(hour * MILLIS);
  }

  private Set<Bytes> begin(long hour) {
    Set<Bytes> entries = new HashSet<>();
    hours.put(hour, entries);
    bytes += HOUR;
    return entries;
  }

  private void end(long hour) {
    hours.remove(hour);
    bytes -= HOUR;
  }

  private NavigableSet<Bytes> inOrder(long hour, Set<Bytes> entries) {
    if (entries instanceof NavigableSet<Bytes> sorted) {
      return sorted;
    }
    NavigableSet<Bytes> sorted = new TreeSet<>(entries);
    hours.put(hour, sorted);
    return sorted;
  }

  private static long hour(Bytes key) {
    return Math.floorDiv(DeadlineKey.due(key), MILLIS);
  }

  private static int bytes(Bytes key) {
    return ENTRY + key.get().length;
  }
}
