package dev.lifesign.core.streams;

import dev.lifesign.core.streams.codec.DeadlineKey;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The deadlines of a partition's customers in the order of time. The earliest of them, the head,
 * are in memory too, so that a tick before which nothing is due costs no look into the store, and
 * tombstones of what fired are not scanned again. Every entry before the place where the head ends
 * is in the head; the store has them all.
 */
final class DeadlineIndex {

  /** Entries that are read of the store at once. */
  private static final int BATCH = 512;

  private final KeyValueStore<Bytes, byte[]> store;
  private final int batch;
  private final NavigableSet<Bytes> head = new TreeSet<>();

  /** The first key that is not in the head; empty if there is none. */
  private Optional<Bytes> headEnd = Optional.of(DeadlineKey.first(Long.MIN_VALUE));

  DeadlineIndex(KeyValueStore<Bytes, byte[]> store) {
    this(store, BATCH);
  }

  DeadlineIndex(KeyValueStore<Bytes, byte[]> store, int batch) {
    this.store = store;
    this.batch = batch;
  }

  /** Arms a customer at an instant. */
  void arm(long due, String customerId) {
    Bytes key = new DeadlineKey(due, customerId).toBytes();
    store.put(key, IndexedCustomers.PRESENT);
    if (isInHead(key)) {
      head.add(key);
      shorten();
    }
  }

  /** Takes a customer out of the index. */
  void disarm(long due, String customerId) {
    Bytes key = new DeadlineKey(due, customerId).toBytes();
    // Not delete(), which reads the old value first.
    store.put(key, null);
    head.remove(key);
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
      }
    }
    headEnd = Optional.empty();
  }

  /** Keeps the head within a bound: what is far away is read again when it comes near. */
  private void shorten() {
    if (head.size() > 4 * batch) {
      while (head.size() > batch) {
        headEnd = Optional.of(head.pollLast());
      }
    }
  }
}
