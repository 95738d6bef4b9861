package dev.lifesign.core.store;

import dev.lifesign.core.codec.DeadlineKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Searches a store for entries of the deadline index that belong to erased customers. A store that
 * was restored may have stale entries at any instant ({@link RestoredIndex}), so the whole index is
 * searched, in bounded steps.
 */
final class ErasedEntries {

  /** Bounds the time of a step. */
  private static final int LOOKED_AT_ONCE = 10_000;

  private final KeyValueStore<Bytes, byte[]> store;

  /** Erased customers that may still have entries. */
  private final Set<String> erased = new HashSet<>();

  /** Those that were erased after the current search began. */
  private final Set<String> erasedSince = new HashSet<>();

  /** Where the search continues. */
  private Bytes searchedTo = DeadlineKey.BEFORE_ALL;

  ErasedEntries(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /** Adds a customer to search for. */
  void add(String customerId) {
    erased.add(customerId);
    erasedSince.add(customerId);
  }

  /** Whether there is nobody to search for. */
  boolean isDone() {
    return erased.isEmpty();
  }

  /** Continues the search; the entries found in this step. */
  List<DeadlineKey> next() {
    if (erased.isEmpty()) {
      return List.of();
    }
    List<DeadlineKey> found = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries = from(store, searchedTo)) {
      for (int looked = 0; entries.hasNext(); looked++) {
        searchedTo = entries.next().key;
        if (looked == LOOKED_AT_ONCE) {
          return found;
        }
        DeadlineKey entry = DeadlineKey.of(searchedTo);
        if (erased.contains(entry.customerId())) {
          found.add(entry);
        }
      }
    }
    searchedTo = DeadlineKey.BEFORE_ALL;
    erased.retainAll(erasedSince);
    erasedSince.clear();
    return found;
  }

  /** The entries of the index from a key on. */
  static KeyValueIterator<Bytes, byte[]> from(KeyValueStore<Bytes, byte[]> store, Bytes key) {
    Bytes first = DeadlineKey.first(Long.MIN_VALUE);
    return store.range(key.compareTo(first) < 0 ? first : key, DeadlineKey.AFTER_ALL);
  }
}
