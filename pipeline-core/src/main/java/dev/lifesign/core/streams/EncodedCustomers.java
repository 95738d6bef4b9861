package dev.lifesign.core.streams;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The customers that a task kept last, as they are stored, so that most need not be looked up in
 * the store.
 */
final class EncodedCustomers {

  /** What an entry takes beside its bytes and the letters of its id: objects and references. */
  private static final int ENTRY = 160;

  private final Room room;
  private final Map<String, byte[]> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long taken;

  /** Those of a task; {@link #close} gives its part of the room back. */
  EncodedCustomers(Room room) {
    this.room = room;
    room.enter();
  }

  /** A customer's bytes as they were put last; null if they are not here. */
  byte[] get(String customerId) {
    return entries.get(customerId);
  }

  /** Keeps a customer's bytes, for which those that were longest not asked for go. */
  void put(String customerId, byte[] bytes) {
    byte[] before = entries.put(customerId, bytes);
    taken += before == null ? size(customerId, bytes) : bytes.length - before.length;
    long most = room.ofEach();
    if (taken > most) {
      dropEldest(most);
    }
  }

  private void dropEldest(long most) {
    Iterator<Map.Entry<String, byte[]>> eldest = entries.entrySet().iterator();
    while (taken > most) {
      Map.Entry<String, byte[]> entry = eldest.next();
      taken -= size(entry.getKey(), entry.getValue());
      eldest.remove();
    }
  }

  void close() {
    entries.clear();
    taken = 0;
    room.leave();
  }

  private static int size(String customerId, byte[] bytes) {
    return ENTRY + customerId.length() + bytes.length;
  }
}
