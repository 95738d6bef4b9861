package dev.lifesign.core.streams;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The customers that a task kept last, as they are stored: most need not be looked up in the store,
 * and who is kept again before it goes need not be written in between. One that goes is written, as
 * all are by {@link #write}. One thread keeps customers; any may ask for them.
 */
final class CustomerCache {

  /** What an entry takes beside the bytes of its key and its value: objects and references. */
  private static final int ENTRY = 200;

  private final KeyValueStore<Bytes, byte[]> store;
  private final Room room;
  private final Map<Bytes, byte[]> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long taken;

  /** Those of them that the store has not, or has otherwise. */
  private final Set<Bytes> unwritten = new HashSet<>();

  /** Before a store; {@link #close} gives its part of the room back. */
  CustomerCache(KeyValueStore<Bytes, byte[]> store, Room room) {
    this.store = store;
    this.room = room;
    room.enter();
  }

  /** A customer's bytes as they were put last; null if there are none. */
  byte[] get(Bytes key) {
    synchronized (this) {
      byte[] kept = entries.get(key);
      if (kept != null) {
        return kept;
      }
    }
    return store.get(key);
  }

  /** Keeps a customer's bytes, for which those that were longest not asked for go. */
  synchronized void put(Bytes key, byte[] value) {
    byte[] before = entries.put(key, value);
    taken += before == null ? size(key, value) : value.length - before.length;
    unwritten.add(key);
    long most = room.ofEach();
    if (taken > most) {
      dropEldest(most);
    }
  }

  /** Keeps a customer no more. */
  synchronized void remove(Bytes key) {
    byte[] before = entries.remove(key);
    if (before != null) {
      taken -= size(key, before);
    }
    unwritten.remove(key);
    store.put(key, null);
  }

  private void dropEldest(long most) {
    Iterator<Map.Entry<Bytes, byte[]>> eldest = entries.entrySet().iterator();
    while (taken > most && eldest.hasNext()) {
      Map.Entry<Bytes, byte[]> entry = eldest.next();
      if (unwritten.remove(entry.getKey())) {
        store.put(entry.getKey(), entry.getValue());
      }
      taken -= size(entry.getKey(), entry.getValue());
      eldest.remove();
    }
  }

  /** Writes what the store has not; costs by how much that is, not by how many are kept. */
  synchronized void write() {
    unwritten.forEach(key -> store.put(key, entries.get(key)));
    unwritten.clear();
  }

  /** Writes what the store has not, and is of no use any more. */
  void close() {
    try {
      write();
    } finally {
      room.leave();
    }
  }

  private static int size(Bytes key, byte[] value) {
    return ENTRY + key.get().length + value.length;
  }
}
