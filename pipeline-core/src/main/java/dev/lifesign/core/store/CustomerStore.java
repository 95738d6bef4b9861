package dev.lifesign.core.store;

import dev.lifesign.core.codec.CustomerCodec;
import dev.lifesign.core.codec.DeadlineKey;
import dev.lifesign.core.codec.HistoryCodec;
import dev.lifesign.core.codec.PastChanges;
import dev.lifesign.core.codec.StoredCustomer;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.lifecycle.History;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.time.Instants;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The customers of a partition, their last status changes, the last tick they saw, and their
 * deadlines. The deadline index has a customer at the instant stored as armed in its record, which
 * is never later than the instant at which it is due: activity that postpones a deadline does not
 * write to the index.
 */
public final class CustomerStore {

  /**
   * The number of decoded customers that are kept, so that several events of a customer in quick
   * succession decode it once. With more, the objects would survive garbage collections, which
   * would have to copy them.
   */
  private static final int RECENT = 32;

  private final KeyValueStore<Bytes, byte[]> customers;
  private final CustomersInHeap heap;
  private final DeadlineIndex deadlines;
  private final CustomerCodec codec = new CustomerCodec();
  private final Map<String, StoredCustomer> recent =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, StoredCustomer> eldest) {
          return size() > RECENT;
        }
      };

  /**
   * Takes over a store for a task; no other task may use it afterwards.
   *
   * @param customers a store built by {@link IndexedCustomers}
   */
  public CustomerStore(KeyValueStore<Bytes, byte[]> customers) {
    this.customers = customers;
    this.heap = IndexedCustomers.heapOf(customers);
    this.deadlines = heap.deadlines();
  }

  public Optional<StoredCustomer> get(String customerId) {
    StoredCustomer known = recent.get(customerId);
    if (known != null) {
      return Optional.of(known);
    }
    byte[] bytes = customers.get(CustomerKey.of(customerId));
    return bytes == null ? Optional.empty() : Optional.of(codec.decode(customerId, bytes));
  }

  /**
   * Stores a customer with its last status changes; drops the oldest ones.
   *
   * @param before the customer as stored before; empty if it is new
   * @param told its new status changes, in order
   * @param due when it must be judged next
   */
  public void put(
      Optional<StoredCustomer> before, Customer customer, List<StatusChange> told, long due) {
    long armed = before.map(StoredCustomer::armed).orElse(Instants.FOREVER);
    if (due < armed) {
      if (armed != Instants.FOREVER) {
        deadlines.disarm(armed, customer.id());
      }
      deadlines.arm(due, customer.id());
      armed = due;
    }
    PastChanges changes = before.map(StoredCustomer::changes).orElse(PastChanges.NONE);
    for (StatusChange change : told) {
      changes = remember(customer.id(), changes, change);
    }
    StoredCustomer stored = new StoredCustomer(customer, armed, changes);
    customers.put(CustomerKey.of(customer.id()), codec.encode(stored));
    recent.put(customer.id(), stored);
  }

  /**
   * Appends a status change. A full block is written before the customer is stored without the
   * changes in it, so that reading the customer first and then the blocks misses none.
   */
  private PastChanges remember(String customerId, PastChanges changes, StatusChange told) {
    PastChanges all = changes.plus(History.Change.of(told));
    int sequence = told.sequence();
    if (sequence % CustomerKey.CHANGES_OF_BLOCK != 0) {
      return all;
    }
    customers.put(CustomerKey.changes(customerId, sequence), HistoryCodec.encode(all));
    if (sequence > History.MOST) {
      forget(customerId, sequence - History.MOST);
    }
    return PastChanges.NONE;
  }

  /** Removes blocks up to a sequence, and single changes that an earlier version wrote. */
  private void forget(String customerId, int sequence) {
    List<Bytes> old = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> kept =
        customers.range(
            CustomerKey.changes(customerId, 0), CustomerKey.changes(customerId, sequence))) {
      kept.forEachRemaining(entry -> old.add(entry.key));
    }
    old.forEach(key -> customers.put(key, null));
  }

  /** Removes a customer with its status changes and its entry in the index. */
  public void erase(StoredCustomer known) {
    String id = known.customer().id();
    deadlines.erase(known.armed(), id);
    forget(id, Integer.MAX_VALUE);
    recent.remove(id);
    customers.put(CustomerKey.of(id), null);
  }

  /** Continues to search the index for entries that a restore left of erased customers. */
  public void searchErased() {
    deadlines.searchErased(
        entry ->
            get(entry.customerId()).filter(stored -> stored.armed() == entry.due()).isPresent());
  }

  /** The last tick stored; NEVER before the first. */
  public long lastTick() {
    return lastTick(customers);
  }

  /** The last tick in a store of customers, or in a copy; NEVER if there is none. */
  public static long lastTick(ReadOnlyKeyValueStore<Bytes, byte[]> customers) {
    byte[] tick = customers.get(CustomerKey.TICK);
    return tick == null ? Instants.NEVER : ByteBuffer.wrap(tick).getLong();
  }

  /** Stores a tick. */
  public void tick(long at) {
    customers.put(CustomerKey.TICK, ByteBuffer.allocate(Long.BYTES).putLong(at).array());
  }

  /** The earliest entry of the index before an instant. */
  public Optional<DeadlineKey> firstDueBefore(long bound) {
    return deadlines.firstBefore(bound);
  }

  /**
   * Removes an entry from the index and returns its customer; empty if the entry is stale ({@link
   * RestoredIndex}).
   */
  public Optional<StoredCustomer> take(DeadlineKey entry) {
    deadlines.disarm(entry.due(), entry.customerId());
    return get(entry.customerId())
        .filter(stored -> stored.armed() == entry.due())
        .map(StoredCustomer::disarmed);
  }

  /**
   * The ids of customers in the order of the store.
   *
   * @param first the first id; empty to begin with the first customer
   * @param limit the maximum number of ids
   */
  public List<String> idsFrom(Optional<String> first, int limit) {
    List<String> ids = new ArrayList<>();
    Bytes from = first.map(CustomerKey::of).orElse(null);
    heap.prepareLook();
    try (KeyValueIterator<Bytes, byte[]> all = customers.range(from, CustomerKey.AFTER_ALL)) {
      while (all.hasNext() && ids.size() < limit) {
        ids.add(new String(all.next().key.get(), StandardCharsets.UTF_8));
      }
    }
    return ids;
  }

  /** What the task keeps in the heap. */
  public CustomersInHeap heap() {
    return heap;
  }
}
