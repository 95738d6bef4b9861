package dev.lifesign.core.streams;

import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.lifecycle.History;
import dev.lifesign.core.lifecycle.StatusChange;
import dev.lifesign.core.streams.codec.CustomerCodec;
import dev.lifesign.core.streams.codec.DeadlineKey;
import dev.lifesign.core.streams.codec.HistoryCodec;
import dev.lifesign.core.streams.codec.StoredCustomer;
import dev.lifesign.core.time.Instants;
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
 * deadlines. A customer stands in the index under the instant that its record keeps as armed, and
 * never later than it is due: activity that moves a deadline later does not write the index.
 */
final class CustomerStore {

  /**
   * Who is heard of twice in a moment is not decoded twice. More of them would live until the
   * collector comes, which then has to move all that they are made of.
   */
  private static final int RECENT = 32;

  private final KeyValueStore<Bytes, byte[]> customers;
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
   * The customers in two stores.
   *
   * @param customers as {@link IndexedCustomers} builds it
   */
  CustomerStore(KeyValueStore<Bytes, byte[]> customers) {
    this.customers = customers;
    this.deadlines = IndexedCustomers.indexOf(customers);
  }

  Optional<StoredCustomer> get(String customerId) {
    StoredCustomer known = recent.get(customerId);
    if (known != null) {
      return Optional.of(known);
    }
    byte[] bytes = customers.get(CustomerKey.of(customerId));
    return bytes == null ? Optional.empty() : Optional.of(codec.decode(customerId, bytes));
  }

  /**
   * Keeps a customer.
   *
   * @param due when it must be touched next
   * @param armed the instant under which it stands in the index now; FOREVER if it does not
   */
  void put(Customer customer, long due, long armed) {
    long nowArmed = armed;
    if (due < armed) {
      if (armed != Instants.FOREVER) {
        deadlines.disarm(armed, customer.id());
      }
      deadlines.arm(due, customer.id());
      nowArmed = due;
    }
    StoredCustomer stored = new StoredCustomer(customer, nowArmed);
    customers.put(CustomerKey.of(customer.id()), codec.encode(stored));
    recent.put(customer.id(), stored);
  }

  /** Keeps status changes with the customer's history, whose oldest go. */
  void remember(String customerId, List<StatusChange> changes) {
    for (StatusChange change : changes) {
      customers.put(
          CustomerKey.change(customerId, change.sequence()),
          HistoryCodec.encode(History.Change.of(change)));
      if (change.sequence() > History.MOST) {
        customers.put(CustomerKey.change(customerId, change.sequence() - History.MOST), null);
      }
    }
  }

  /** The last tick kept; NEVER before the first. */
  long lastTick() {
    return lastTick(customers);
  }

  /** The last tick in a store of customers, or in a copy; NEVER if there is none. */
  static long lastTick(ReadOnlyKeyValueStore<Bytes, byte[]> customers) {
    byte[] tick = customers.get(CustomerKey.TICK);
    return tick == null ? Instants.NEVER : ByteBuffer.wrap(tick).getLong();
  }

  /** Keeps a tick. */
  void tick(long at) {
    customers.put(CustomerKey.TICK, ByteBuffer.allocate(Long.BYTES).putLong(at).array());
  }

  /** The earliest entry of the index before an instant. */
  Optional<DeadlineKey> firstDueBefore(long bound) {
    return deadlines.firstBefore(bound);
  }

  /**
   * Takes an entry out of the index and gives its customer; empty if none stands under it any more
   * ({@link IndexedCustomers}).
   */
  Optional<Customer> take(DeadlineKey entry) {
    deadlines.disarm(entry.due(), entry.customerId());
    return get(entry.customerId())
        .filter(stored -> stored.armed() == entry.due())
        .map(StoredCustomer::customer);
  }

  /** Ids of customers in the order of the store, from one on, at most so many. */
  List<String> idsFrom(Optional<String> first, int limit) {
    List<String> ids = new ArrayList<>();
    Bytes from = first.map(CustomerKey::of).orElse(null);
    try (KeyValueIterator<Bytes, byte[]> all = customers.range(from, CustomerKey.AFTER_ALL)) {
      while (all.hasNext() && ids.size() < limit) {
        ids.add(new String(all.next().key.get(), StandardCharsets.UTF_8));
      }
    }
    return ids;
  }
}
