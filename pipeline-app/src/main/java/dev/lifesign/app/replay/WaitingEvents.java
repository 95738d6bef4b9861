package dev.lifesign.app.replay;

import dev.lifesign.app.kept.Bytes;
import dev.lifesign.app.kept.EventBytes;
import dev.lifesign.app.kept.EventReader;
import dev.lifesign.core.event.Event;
import java.nio.ByteBuffer;

/**
 * Events that are still to be played, those of each customer in a chain. As bytes: what waits as
 * objects is what the collector copies.
 */
final class WaitingEvents {

  /** No event. */
  static final int NONE = -1;

  private static final int ROOM = 1 << 20;

  /** Before an event's own bytes: the next of its customer, its arrival, the ticks before it. */
  private static final int ARRIVAL = Integer.BYTES;

  private static final int TICKS = ARRIVAL + Long.BYTES;
  private static final int EVENT = TICKS + Integer.BYTES;

  private final Bytes bytes = new Bytes(ROOM);
  private int size;

  /** Over the same bytes; made again when they found more room. */
  private ByteBuffer heads = ByteBuffer.wrap(bytes.array());

  private EventReader reader = new EventReader(bytes.array());

  /**
   * Adds an event.
   *
   * @param before the customer's last event before it, NONE if it has none
   * @param ticks how many ticks of those that are to be played came before it
   */
  int add(Event event, long arrivedAt, int ticks, int before) {
    int place = bytes.size();
    bytes.put(NONE);
    bytes.put(arrivedAt);
    bytes.put(ticks);
    EventBytes.write(event, bytes);
    if (before != NONE) {
      bytes.set(before, place);
    }
    size++;
    return place;
  }

  /** How many wait. */
  int size() {
    return size;
  }

  /** What they take of the heap. */
  int bytes() {
    return bytes.size();
  }

  /** No more is added before all are read. */
  void startReading() {
    if (heads.array() != bytes.array()) {
      heads = ByteBuffer.wrap(bytes.array());
      reader = new EventReader(bytes.array());
    }
  }

  /** The next event of the customer; NONE after its last. */
  int next(int event) {
    return heads.getInt(event);
  }

  long arrivedAt(int event) {
    return heads.getLong(event + ARRIVAL);
  }

  /** How many ticks came before it. */
  int ticks(int event) {
    return heads.getInt(event + TICKS);
  }

  Event event(int event, String customerId) {
    return reader.read(customerId, event + EVENT);
  }

  /** None waits any more. */
  void clear() {
    bytes.clear();
    size = 0;
  }
}
