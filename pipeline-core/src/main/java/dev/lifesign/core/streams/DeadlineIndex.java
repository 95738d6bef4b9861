package dev.lifesign.core.streams;

import dev.lifesign.core.streams.codec.DeadlineKey;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The deadlines of a partition's customers in the order of time. The earliest of them, the head,
 * are in memory, as many as there is room for; every entry before the place where the head ends is
 * in the head. The store has those behind it, and of the head what was read from it or {@link
 * #write written}: what comes and goes in between costs the store nothing, and a tick before which
 * nothing is due no look into it.
 */
final class DeadlineIndex {

  /** Entries that are read of the store at once, and kept in any case. */
  private static final int BATCH = 512;

  /** What an entry takes beside the bytes of its key: objects and references. */
  private static final int ENTRY = 136;

  private final KeyValueStore<Bytes, byte[]> store;
  private final Room room;
  private final int batch;

  private final NavigableSet<Bytes> head = new TreeSet<>();
  private long taken;

  /** Those of the head that the store has not. */
  private final Set<Bytes> unwritten = new HashSet<>();

  /** The first key that is not in the head; empty if there is none. */
  private Optional<Bytes> headEnd = Optional.of(DeadlineKey.first(Long.MIN_VALUE));

  /** The index that a store has; {@link #close} gives its part of the room back. */
  DeadlineIndex(KeyValueStore<Bytes, byte[]> store, Room room) {
    this(store, room, BATCH);
  }

  DeadlineIndex(KeyValueStore<Bytes, byte[]> store, Room room, int batch) {
    this.store = store;
    this.room = room;
    this.batch = batch;
    room.enter();
  }

  /** Arms a customer at an instant. */
  void arm(long due, String customerId) {
    Bytes key = new DeadlineKey(due, customerId).toBytes();
    if (!isInHead(key)) {
      store.put(key, IndexedCustomers.PRESENT);
    } else if (head.add(key)) {
      unwritten.add(key);
      taken += size(key);
      shorten();
    }
  }

  /** Takes a customer out of the index. */
  void disarm(long due, String customerId) {
    Bytes key = new DeadlineKey(due, customerId).toBytes();
    boolean known = head.remove(key);
    if (known) {
      taken -= size(key);
    }
    if (known ? !unwritten.remove(key) : !isInHead(key)) {
      // Not delete(), which reads the old value first.
      store.put(key, null);
    }
  }

  /** The earliest entry before an instant, which stays in the index. */
  Optional<DeadlineKey> firstBefore(long bound) {
    Bytes end = DeadlineKey.first(bound);
    if (head.isEmpty() && !isInHead(end)) {
      readOn();
    }
    return head.isEmpty() || head.first().compareTo(end) >= 0
        ? Optional.empty()
        : Optional.of(DeadlineKey.of(head.first()));
  }

  /** Writes what the store has not; costs by how much that is. */
  void write() {
    unwritten.forEach(key -> store.put(key, IndexedCustomers.PRESENT));
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

  private boolean isInHead(Bytes key) {
    return headEnd.isEmpty() || key.compareTo(headEnd.get()) < 0;
  }

  private void readOn() {
    try (KeyValueIterator<Bytes, byte[]> entries = store.range(headEnd.orElseThrow(), null)) {
      while (entries.hasNext()) {
        Bytes key = entries.next().key;
        if (head.size() == batch) {
          headEnd = Optional.of(key);
          return;
        }
        head.add(key);
        taken += size(key);
      }
    }
    headEnd = Optional.empty();
  }

  /** Keeps the head within its room: what is far away is read again when it comes near. */
  private void shorten() {
    long most = room.ofEach();
    if (taken > most && head.size() > 4 * batch) {
      while (taken > most / 2 && head.size() > batch) {
        Bytes last = head.pollLast();
        taken -= size(last);
        if (unwritten.remove(last)) {
          store.put(last, IndexedCustomers.PRESENT);
        }
        headEnd = Optional.of(last);
      }
    }
  }

  private static int size(Bytes key) {
    return ENTRY + key.get().length;
  }
}
