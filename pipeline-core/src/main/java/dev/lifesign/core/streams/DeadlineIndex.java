package dev.lifesign.core.streams;

import dev.lifesign.core.streams.codec.DeadlineKey;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

  private final KeyValueStore<Bytes, byte[]> store;
  private final Room room;
  private final int batch;

  /** Those of the head that the store has not. */
  private DeadlineCalendar unwritten = new DeadlineCalendar();

  /** Those of the head that the store has. */
  private final DeadlineCalendar written = new DeadlineCalendar();

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
    } else {
      unwritten.add(key);
      shorten();
    }
  }

  /** Takes a customer out of the index. */
  void disarm(long due, String customerId) {
    Bytes key = new DeadlineKey(due, customerId).toBytes();
    unwritten.remove(key);
    if (written.remove(key) || !isInHead(key)) {
      // Not delete(), which reads the old value first.
      store.put(key, null);
    }
  }

  /** The earliest entry before an instant, which stays in the index. */
  Optional<DeadlineKey> firstBefore(long bound) {
    Optional<Bytes> first = firstOfHead(bound);
    while (first.isEmpty() && !isInHead(DeadlineKey.first(bound))) {
      readOn();
      first = firstOfHead(bound);
    }
    // An hour takes more when it is in order; its later half goes, look by look.
    shorten();
    return first.map(DeadlineKey::of);
  }

  private Optional<Bytes> firstOfHead(long bound) {
    Optional<Bytes> missing = unwritten.firstBefore(bound);
    Optional<Bytes> known = written.firstBefore(bound);
    boolean isMissing =
        known.isEmpty() || (missing.isPresent() && missing.get().compareTo(known.get()) < 0);
    return isMissing ? missing : known;
  }

  /** Writes what the store has not; costs by how much that is. */
  void write() {
    unwritten.forEach(
        key -> {
          store.put(key, IndexedCustomers.PRESENT);
          written.add(key);
        });
    unwritten = new DeadlineCalendar();
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
      for (int read = 0; entries.hasNext(); read++) {
        Bytes key = entries.next().key;
        if (read == batch) {
          headEnd = Optional.of(key);
          return;
        }
        written.add(key);
      }
    }
    headEnd = Optional.empty();
  }

  /** Keeps the head within its room: what is far away is read again when it comes near. */
  private void shorten() {
    long most = room.ofEach();
    if (taken() > most && size() > 4 * batch) {
      while (taken() > most / 2 && size() > batch) {
        dropLast(Math.max(unwritten.lastHour(), written.lastHour()));
      }
    }
  }

  /** The last hour leaves the head, or of the only hour its later half. */
  private void dropLast(long hour) {
    boolean isOnly = unwritten.isWithin(hour) && written.isWithin(hour);
    Collection<Bytes> missing = unwritten.takeOut(hour);
    Collection<Bytes> known = written.takeOut(hour);
    Bytes end = isOnly ? middle(hour, missing, known) : DeadlineCalendar.first(hour);
    headEnd = Optional.of(end);
    for (Bytes key : missing) {
      if (key.compareTo(end) < 0) {
        unwritten.add(key);
      } else {
        store.put(key, IndexedCustomers.PRESENT);
      }
    }
    known.stream().filter(key -> key.compareTo(end) < 0).forEach(written::add);
  }

  private static Bytes middle(long hour, Collection<Bytes> some, Collection<Bytes> others) {
    List<Bytes> all = Stream.of(some, others).flatMap(Collection::stream).sorted().toList();
    return all.isEmpty() ? DeadlineCalendar.first(hour) : all.get(all.size() / 2);
  }

  private int size() {
    return unwritten.size() + written.size();
  }

  private long taken() {
    return unwritten.bytes() + written.bytes();
  }
}
