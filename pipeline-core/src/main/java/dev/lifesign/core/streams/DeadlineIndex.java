package dev.lifesign.core.streams;

import dev.lifesign.core.streams.codec.DeadlineKey;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The deadlines of a partition's customers in the order of time. Reads from a cursor kept in
 * memory, so that tombstones of what fired are not scanned again; the cursor never passes an entry:
 * it stands at the first one not read, and goes back when an earlier one is armed.
 */
final class DeadlineIndex {

  private static final int BATCH = 512;
  private static final byte[] PRESENT = new byte[0];

  private final KeyValueStore<Bytes, byte[]> store;
  private final NavigableSet<Bytes> read = new TreeSet<>();
  private Bytes cursor = DeadlineKey.first(Long.MIN_VALUE);

  DeadlineIndex(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /** Arms a customer at an instant. */
  void arm(long due, String customerId) {
    Bytes key = new DeadlineKey(due, customerId).toBytes();
    store.put(key, PRESENT);
    if (key.compareTo(cursor) < 0) {
      read.add(key);
    }
  }

  /** Takes a customer out of the index. */
  void disarm(long due, String customerId) {
    Bytes key = new DeadlineKey(due, customerId).toBytes();
    // Not delete(), which reads the old value first.
    store.put(key, null);
    read.remove(key);
  }

  /** The earliest entry before an instant, which stays in the index. */
  Optional<DeadlineKey> firstBefore(long bound) {
    Bytes end = DeadlineKey.first(bound);
    if (read.isEmpty() && cursor.compareTo(end) < 0) {
      readOn(end);
    }
    if (read.isEmpty() || read.first().compareTo(end) >= 0) {
      return Optional.empty();
    }
    return Optional.of(DeadlineKey.of(read.first()));
  }

  private void readOn(Bytes end) {
    try (KeyValueIterator<Bytes, byte[]> entries = store.range(cursor, end)) {
      while (entries.hasNext()) {
        Bytes key = entries.next().key;
        if (key.compareTo(end) >= 0) {
          break;
        }
        if (read.size() == BATCH) {
          cursor = key;
          return;
        }
        read.add(key);
      }
    }
    cursor = end;
  }
}
