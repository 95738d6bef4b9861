package dev.lifesign.core.streams;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The customers that a task kept last, as they are stored: most need not be looked up in the store,
 * and who is kept again before it goes need not be written in between. One that goes is written, as
 * all are by {@link #write}. One thread keeps customers; any may ask for them.
 */
final class CustomerCache {

  /** What an entry takes beside the bytes of its key and its value: objects and references. */
  private static final int ENTRY = 160;

  private final KeyValueStore<Bytes, byte[]> store;
  private final Room room;
  private final Map<Bytes, Kept> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long taken;

  /** A customer's bytes, and whether the store has them. */
  private static final class Kept {
    private byte[] value;
    private boolean written;

    private Kept(byte[] value) {
      this.value = value;
    }
  }

  /** Before a store; {@link #close} gives its part of the room back. */
  CustomerCache(KeyValueStore<Bytes, byte[]> store, Room room) {
    this.store = store;
    this.room = room;
    room.enter();
  }

  /** A customer's bytes as they were put last; null if there are none. */
  byte[] get(Bytes key) {
    synchronized (this) {
      Kept kept = entries.get(key);
      if (kept != null) {
        return kept.value;
      }
    }
    return store.get(key);
  }

  /** Keeps a customer's bytes, for which those that were longest not asked for go. */
  synchronized void put(Bytes key, byte[] value) {
    Kept kept = entries.get(key);
    if (kept == null) {
      Kept first = new Kept(value);
      entries.put(key, first);
      taken += size(key, first);
    } else {
      taken += value.length - kept.value.length;
      kept.value = value;
      kept.written = false;
    }
    long most = room.ofEach();
    if (taken > most) {
      dropEldest(most);
    }
  }

  /** Keeps a customer no more. */
  synchronized void remove(Bytes key) {
    Kept kept = entries.remove(key);
    if (kept != null) {
      taken -= size(key, kept);
    }
    store.put(key, null);
  }

  private void dropEldest(long most) {
    Iterator<Map.Entry<Bytes, Kept>> eldest = entries.entrySet().iterator();
    while (taken > most && eldest.hasNext()) {
      Map.Entry<Bytes, Kept> entry = eldest.next();
      write(entry);
      taken -= size(entry.getKey(), entry.getValue());
      eldest.remove();
    }
  }

  /** Writes what the store has not. */
  synchronized void write() {
    entries.entrySet().forEach(this::write);
  }

  private void write(Map.Entry<Bytes, Kept> entry) {
    Kept kept = entry.getValue();
    if (!kept.written) {
      store.put(entry.getKey(), kept.value);
      kept.written = true;
    }
  }

  /** Writes what the store has not, and is of no use any more. */
  void close() {
    try {
      write();
    } finally {
      room.leave();
    }
  }

  private static int size(Bytes key, Kept kept) {
    return ENTRY + key.get().length + kept.value.length;
  }
}
