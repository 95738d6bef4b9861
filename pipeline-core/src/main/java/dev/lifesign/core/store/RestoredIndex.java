package dev.lifesign.core.store;

import dev.lifesign.core.codec.CustomerCodec;
import dev.lifesign.core.codec.DeadlineKey;
import dev.lifesign.domain.time.Instants;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Builds the deadline index while a restore or a standby reads the customers' changelog: each
 * customer's record contains the instant of its entry. No record says that an entry was removed,
 * and looking up the former entry of each customer would double the time of a restore. So stale
 * entries are kept until they come first, or until their customer is erased.
 */
final class RestoredIndex {

  /** Marks a store whose index is complete. */
  private static final Bytes COMPLETE = DeadlineKey.BEFORE_ALL;

  /** Bounds the time of a batch; the next one continues. */
  private static final int LOOKED_AT_ONCE = 10_000;

  private static final int WRITTEN_AT_ONCE = 1_000;

  private final KeyValueStore<Bytes, byte[]> store;

  /** Where the next search for stale entries begins. */
  private Bytes prunedTo = DeadlineKey.BEFORE_ALL;

  private final ErasedEntries erased;

  RestoredIndex(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
    this.erased = new ErasedEntries(store);
  }

  /**
   * Builds the index from the customers in the store, unless it is complete; earlier builds had it
   * in a separate store. The mark of completeness is written last, so an interrupted build is
   * repeated.
   */
  void complete() {
    if (store.get(COMPLETE) != null) {
      return;
    }
    List<KeyValue<Bytes, byte[]>> entries = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> customers = store.range(null, CustomerKey.AFTER_ALL)) {
      while (customers.hasNext()) {
        KeyValue<Bytes, byte[]> customer = customers.next();
        String id = id(customer.key);
        long due = armed(id, customer.value);
        if (due != Instants.FOREVER) {
          entries.add(KeyValue.pair(new DeadlineKey(due, id).toBytes(), DeadlineIndex.PRESENT));
        }
        if (entries.size() == WRITTEN_AT_ONCE) {
          store.putAll(entries);
          entries.clear();
        }
      }
    }
    store.putAll(entries);
    store.put(COMPLETE, DeadlineIndex.PRESENT);
  }

  /**
   * The search for entries of erased customers. A restore may end before it is through; the task
   * that uses the store then continues it, and hands it back with the store.
   */
  ErasedEntries erased() {
    return erased;
  }

  /** Stores records of the changelog, in order, and their index entries, in one batch. */
  void restore(Collection<KeyValue<byte[], byte[]>> records) {
    List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>(2 * records.size());
    Map<String, Long> armed = new HashMap<>();
    for (KeyValue<byte[], byte[]> record : records) {
      Bytes key = Bytes.wrap(record.key);
      if (CustomerKey.isCustomer(key)) {
        String id = id(key);
        armed.put(id, armed(id, record.value));
        if (record.value == null) {
          erase(id, key, batch);
        }
      }
    }
    armed.forEach(
        (id, due) -> {
          if (due != Instants.FOREVER) {
            Bytes entry = new DeadlineKey(due, id).toBytes();
            batch.add(KeyValue.pair(entry, DeadlineIndex.PRESENT));
            prunedTo = prunedTo.compareTo(entry) <= 0 ? prunedTo : entry;
          }
        });
    records.forEach(record -> batch.add(KeyValue.pair(Bytes.wrap(record.key), record.value)));
    store.putAll(batch);
    prune();
    searchErased();
  }

  private void erase(String id, Bytes key, List<KeyValue<Bytes, byte[]>> batch) {
    long before = armed(id, store.get(key));
    if (before != Instants.FOREVER) {
      batch.add(KeyValue.pair(new DeadlineKey(before, id).toBytes(), null));
    }
    erased.add(id);
  }

  /**
   * Drops stale entries at the beginning of the index, up to the first current one. Deadlines that
   * the active task has fired are at the beginning, so they do not accumulate in a copy.
   */
  private void prune() {
    List<KeyValue<Bytes, byte[]>> stale = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries = ErasedEntries.from(store, prunedTo)) {
      while (entries.hasNext() && stale.size() < LOOKED_AT_ONCE) {
        prunedTo = entries.next().key;
        if (stands(DeadlineKey.of(prunedTo))) {
          break;
        }
        stale.add(KeyValue.pair(prunedTo, null));
      }
    }
    store.putAll(stale);
  }

  /** Continues the search for entries of erased customers, which may have more than one. */
  private void searchErased() {
    List<KeyValue<Bytes, byte[]>> stale = new ArrayList<>();
    for (DeadlineKey entry : erased.next()) {
      if (!stands(entry)) {
        stale.add(KeyValue.pair(entry.toBytes(), null));
      }
    }
    store.putAll(stale);
  }

  private boolean stands(DeadlineKey entry) {
    String id = entry.customerId();
    return armed(id, store.get(CustomerKey.of(id))) == entry.due();
  }

  private static long armed(String id, byte[] customer) {
    return customer == null ? Instants.FOREVER : CustomerCodec.armed(id, customer);
  }

  private static String id(Bytes key) {
    return new String(key.get(), StandardCharsets.UTF_8);
  }
}
