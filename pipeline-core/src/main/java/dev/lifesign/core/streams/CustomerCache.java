package dev.lifesign.core.streams;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The customers that a task kept last, as they are stored: most need not be looked up in the store,
 * and who is kept again before it goes need not be written in between. One that goes is written, as
 * all are by {@link #write}. One thread keeps customers; any may ask for them.
 *
 * <p>What stays here for long is not to be touched by a collector of short-lived garbage. So bytes
 * are copied into arrays that stay, and who is asked for is marked, and not put to the end of a
 * list: of those that came first, who was not asked for since goes (second chance).
 */
final class CustomerCache {

  /** What an entry takes beside the bytes of its key and its value: objects and references. */
  private static final int ENTRY = 200;

  /** A customer that grows has room for so much more: one part of what it takes. */
  private static final int SLACK = 8;

  private final KeyValueStore<Bytes, byte[]> store;
  private final Room room;
  private final Map<Bytes, Kept> entries = new LinkedHashMap<>();
  private long taken;

  /** What the last who went was kept in; null if there is none to be had. */
  private Kept spare;

  /** Those of them that the store has not, or has otherwise. */
  private final Set<Bytes> unwritten = new HashSet<>();

  /** A customer's bytes. */
  private static final class Kept {
    private byte[] bytes = new byte[0];
    private int length;
    private boolean asked;
    private boolean written = true;

    void set(byte[] value) {
      if (value.length > bytes.length) {
        int slack = bytes.length == 0 ? 0 : value.length / SLACK;
        bytes = Arrays.copyOf(value, value.length + slack);
      } else {
        System.arraycopy(value, 0, bytes, 0, value.length);
      }
      length = value.length;
    }

    byte[] get() {
      return Arrays.copyOf(bytes, length);
    }

    /** Whether it would not be much too large: what once held a large customer is given up. */
    boolean suits(byte[] value) {
      return bytes.length <= value.length + 2 * value.length / SLACK;
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
        kept.asked = true;
        return kept.get();
      }
    }
    return store.get(key);
  }

  /** Keeps a customer's bytes, for which others go that were not asked for lately. */
  synchronized void put(Bytes key, byte[] value) {
    Kept kept = entries.get(key);
    if (kept == null) {
      // Who comes does not compete with who is there, and is kept where one was who goes.
      shrinkTo(room.ofEach() - ENTRY - key.get().length - value.length);
      kept = spare != null && spare.suits(value) ? spare : new Kept();
      spare = null;
      kept.set(value);
      entries.put(key, kept);
      taken += size(key, kept);
    } else {
      kept.asked = true;
      taken -= kept.bytes.length;
      kept.set(value);
      taken += kept.bytes.length;
    }
    if (kept.written) {
      kept.written = false;
      unwritten.add(key);
    }
    shrinkTo(room.ofEach());
  }

  /** Keeps a customer no more. */
  synchronized void remove(Bytes key) {
    Kept before = entries.remove(key);
    if (before != null) {
      taken -= size(key, before);
    }
    unwritten.remove(key);
    store.put(key, null);
  }

  private void shrinkTo(long most) {
    while (taken > most && !entries.isEmpty()) {
      Map.Entry<Bytes, Kept> first = entries.entrySet().iterator().next();
      Bytes key = first.getKey();
      Kept kept = first.getValue();
      entries.remove(key);
      if (kept.asked) {
        kept.asked = false;
        entries.put(key, kept);
        continue;
      }
      if (!kept.written) {
        unwritten.remove(key);
        store.put(key, kept.get());
      }
      taken -= size(key, kept);
      kept.written = true;
      spare = kept;
    }
  }

  /** Writes what the store has not; costs by how much that is, not by how many are kept. */
  synchronized void write() {
    for (Bytes key : unwritten) {
      Kept kept = entries.get(key);
      store.put(key, kept.get());
      kept.written = true;
    }
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

  private static int size(Bytes key, Kept kept) {
    return ENTRY + key.get().length + kept.bytes.length;
  }
}
