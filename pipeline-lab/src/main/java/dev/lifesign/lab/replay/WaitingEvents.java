package dev.lifesign.lab.replay;

import dev.lifesign.domain.event.Event;
import dev.lifesign.lab.eventbytes.Bytes;
import dev.lifesign.lab.eventbytes.EventBytesReader;
import dev.lifesign.lab.eventbytes.EventBytesWriter;
import java.nio.ByteBuffer;

/**
 * Queued events, linked per customer. As bytes, because the garbage collector would copy objects.
 */
final class WaitingEvents {

  /** No event. */
  static final int NONE = -1;

  private static final int INITIAL_CAPACITY = 1 << 20;

  /**
   * Offsets of the header of an event: the customer's next event, the arrival, the ticks before it.
   */
  private static final int ARRIVAL = Integer.BYTES;

  private static final int TICKS = ARRIVAL + Long.BYTES;
  private static final int EVENT = TICKS + Integer.BYTES;

  private final Bytes bytes = new Bytes(INITIAL_CAPACITY);
  private int size;

  /** A view of the same bytes; renewed when their array has grown. */
  private ByteBuffer heads = ByteBuffer.wrap(bytes.array());

  private EventBytesReader reader = new EventBytesReader(bytes.array());

  /**
   * Adds an event.
   *
   * @param before the customer's previous event; NONE if it has none
   * @param ticks how many of the queued ticks came before it
   */
  int add(Event event, long arrivedAt, int ticks, int before) {
    int offset = bytes.size();
    bytes.put(NONE);
    bytes.put(arrivedAt);
    bytes.put(ticks);
    EventBytesWriter.write(event, bytes);
    if (before != NONE) {
      bytes.set(before, offset);
    }
    size++;
    return offset;
  }

  /** The number of queued events. */
  int size() {
    return size;
  }

  /** The bytes they take. */
  int bytes() {
    return bytes.size();
  }

  /** Prepares for reading; no event may be added until all are read. */
  void startReading() {
    if (heads.array() != bytes.array()) {
      heads = ByteBuffer.wrap(bytes.array());
      reader = new EventBytesReader(bytes.array());
    }
  }

  /** The customer's next event; NONE after its last. */
  int next(int event) {
    return heads.getInt(event);
  }

  long arrivedAt(int event) {
    return heads.getLong(event + ARRIVAL);
  }

  /** The number of queued ticks before it. */
  int ticks(int event) {
    return heads.getInt(event + TICKS);
  }

  Event event(int event, String customerId) {
    return reader.read(customerId, event + EVENT);
  }

  /** Removes all events. */
  void clear() {
    bytes.clear();
    size = 0;
  }
}
