package dev.lifesign.core.task;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;

/**
 * Gives every event of a customer its own arrival, as a file of events does (semantics, Time): if
 * the task has already read an event of the customer at that arrival or later, the next one arrives
 * 1 ms after it, in the order in which they are read. Only the customers with an event at the
 * latest arrival have to be remembered, because a task reads in order of arrival; an event that was
 * overtaken keeps its own arrival.
 */
final class ArrivalOrder {

  /**
   * The maximum number of customers remembered for one arrival. Brokers stamp at most a few
   * thousand records per millisecond; only a history loaded with the same arrival for all events
   * has more. Even with ids of the maximum length (256 bytes), these customers take less than the
   * maximum size of a record (1 MiB).
   */
  static final int MOST = 3_000;

  /**
   * The map is replaced instead of cleared above this size, since clearing takes time in proportion
   * to its capacity.
   */
  private static final int CHEAP_TO_CLEAR = 64;

  /** An event that is older by this much was not overtaken; the timestamp before it was wrong. */
  private static final long WRONG = Duration.ofMinutes(1).toMillis();

  private Map<Bytes, Long> lastOf = new LinkedHashMap<>();
  private long newest = Long.MIN_VALUE;
  private long furthest = Long.MIN_VALUE;
  private boolean changed;

  /**
   * Returns the arrival of an event.
   *
   * @param customer the key of the customer
   * @param timestamp the timestamp of the record
   */
  long arrivalOf(Bytes customer, long timestamp) {
    if (timestamp < newest || timestamp > furthest) {
      return timestamp;
    }
    Long last = lastOf.get(customer);
    return last == null || last < timestamp ? timestamp : last + 1;
  }

  /**
   * Notes that an event of a customer was read. Must not be called for an event that cannot be
   * decoded.
   */
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

  /** Forgets a customer who was erased. */
  void forget(Bytes customer) {
    changed |= lastOf.remove(customer) != null;
  }

  private void forgetAll() {
    furthest = Long.MIN_VALUE;
    if (lastOf.size() > CHEAP_TO_CLEAR) {
      lastOf = new LinkedHashMap<>();
    } else {
      lastOf.clear();
    }
  }

  /** Whether an event was read since the last call of {@link #toBytes}. */
  boolean hasChanged() {
    return changed;
  }

  /**
   * Encodes the newest timestamp and, for each customer, the length of its key in four bytes, the
   * key and its arrival.
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

  /** Decodes the result of {@link #toBytes}. */
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
