package dev.lifesign.core.task;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;

/**
 * Moves equal arrivals of a customer apart, as a file of events does (semantics, Time): where the
 * task has already read an event of the customer at that arrival or later, the next one arrives 1
 * ms after it, in the order in which they are read. Only customers heard of at the latest arrival
 * need to be remembered, because a task reads by arrival; an event that was overtaken keeps its
 * own.
 */
final class ArrivalOrder {

  /**
   * So many customers are remembered of one arrival. Brokers stamp a few thousand records a
   * millisecond at most; only a history that is loaded with one arrival for all has more. With ids
   * of the greatest length (256 bytes) they stay below the size of a record (1 MiB).
   */
  static final int MOST = 3_000;

  /** A map that once held more is not cleared but made again: clearing costs its capacity. */
  private static final int CHEAP_TO_CLEAR = 64;

  /** An event so much older was not overtaken: the timestamp before it was wrong. */
  private static final long WRONG = Duration.ofMinutes(1).toMillis();

  private Map<Bytes, Long> lastOf = new LinkedHashMap<>();
  private long newest = Long.MIN_VALUE;
  private long furthest = Long.MIN_VALUE;
  private boolean changed;

  /**
   * When an event arrives.
   *
   * @param customer its key
   * @param timestamp of its record
   */
  long arrivalOf(Bytes customer, long timestamp) {
    if (timestamp < newest || timestamp > furthest) {
      return timestamp;
    }
    Long last = lastOf.get(customer);
    return last == null || last < timestamp ? timestamp : last + 1;
  }

  /** An event of a customer was read; nothing is changed by one that nobody can decode. */
  void read(Bytes customer, long timestamp, long arrival) {
    if (timestamp < newest && timestamp >= newest - WRONG) {
      return;
    }
    if (timestamp > furthest || timestamp < newest) {
      forgetAll();
    }
    newest = timestamp;
    lastOf.put(customer, arrival);
    furthest = Math.max(furthest, arrival);
    if (lastOf.size() > MOST) {
      Iterator<Bytes> oldest = lastOf.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    changed = true;
  }

  private void forgetAll() {
    furthest = Long.MIN_VALUE;
    if (lastOf.size() > CHEAP_TO_CLEAR) {
      lastOf = new LinkedHashMap<>();
    } else {
      lastOf.clear();
    }
  }

  /** Whether anything was read since {@link #toBytes}. */
  boolean hasChanged() {
    return changed;
  }

  /**
   * All of it: the newest timestamp, and for each customer the length of its key in four bytes, the
   * key, its arrival.
   */
  byte[] toBytes() {
    changed = false;
    int size = Long.BYTES;
    for (Bytes key : lastOf.keySet()) {
      size += Integer.BYTES + key.get().length + Long.BYTES;
    }
    ByteBuffer bytes = ByteBuffer.allocate(size).putLong(newest);
    lastOf.forEach((key, last) -> bytes.putInt(key.get().length).put(key.get()).putLong(last));
    return bytes.array();
  }

  /** What was kept of it. */
  static ArrivalOrder ofBytes(byte[] kept) {
    ArrivalOrder order = new ArrivalOrder();
    ByteBuffer bytes = ByteBuffer.wrap(kept);
    order.newest = bytes.getLong();
    while (bytes.hasRemaining()) {
      byte[] key = new byte[bytes.getInt()];
      bytes.get(key);
      long last = bytes.getLong();
      order.lastOf.put(Bytes.wrap(key), last);
      order.furthest = Math.max(order.furthest, last);
    }
    return order;
  }
}
