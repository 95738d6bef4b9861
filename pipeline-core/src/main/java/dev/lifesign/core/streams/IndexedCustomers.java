package dev.lifesign.core.streams;

import dev.lifesign.core.streams.codec.CustomerCodec;
import dev.lifesign.core.streams.codec.DeadlineKey;
import dev.lifesign.core.time.Instants;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The store of customers, which has the index of their deadlines beside it. Of the two only the
 * customers have a changelog: each record says under which instant its customer stands in the
 * index, so that whoever reads the changelog, to restore or to stand by, makes the index of it. A
 * task writes the index itself ({@link #indexOf}). No record says that an entry is gone, and to
 * look for a customer's entry before would take as long as all the rest of a restore: an entry
 * under which its customer does not stand any more is dropped when it is the first.
 */
final class IndexedCustomers implements KeyValueStore<Bytes, byte[]> {

  /** What the index has under a key. */
  static final byte[] PRESENT = new byte[0];

  /** Bounds the time of a batch; the next goes on. */
  private static final int PRUNED_AT_ONCE = 10_000;

  private final KeyValueStore<Bytes, byte[]> customers;
  private final KeyValueStore<Bytes, byte[]> index;
  private final Room forCustomers;
  private final Room forDeadlines;

  /** What the task that has the store keeps in memory; null where there is none, but a copy. */
  private volatile InMemory inMemory;

  /** Customers and deadlines that the stores need not have yet. */
  private record InMemory(CustomerCache customers, DeadlineIndex deadlines) {
    void write() {
      customers.write();
      deadlines.write();
    }

    void close() {
      try {
        customers.close();
      } finally {
        deadlines.close();
      }
    }
  }

  /** Where the next look for stale entries begins; null for the first of all. */
  private Bytes prunedTo;

  /**
   * Both stores, which are opened with this one.
   *
   * @param forCustomers room for a task's customers in memory
   * @param forDeadlines room for its deadlines
   */
  IndexedCustomers(
      KeyValueStore<Bytes, byte[]> customers,
      KeyValueStore<Bytes, byte[]> index,
      Room forCustomers,
      Room forDeadlines) {
    this.customers = customers;
    this.index = index;
    this.forCustomers = forCustomers;
    this.forDeadlines = forDeadlines;
  }

  /** Asks a store that is wrapped by Kafka Streams for its index (KIP-796). */
  private record Index() implements Query<DeadlineIndex> {}

  /**
   * Builds it into a topology, under the name of the customers' store.
   *
   * @param customers makes the store of customers
   * @param index makes the store of deadlines
   * @param forCustomers room for customers in memory
   * @param forDeadlines room for deadlines
   */
  static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(
      KeyValueBytesStoreSupplier customers,
      KeyValueBytesStoreSupplier index,
      Room forCustomers,
      Room forDeadlines) {
    return Stores.keyValueStoreBuilder(
        new KeyValueBytesStoreSupplier() {
          @Override
          public String name() {
            return customers.name();
          }

          @Override
          public KeyValueStore<Bytes, byte[]> get() {
            return new IndexedCustomers(customers.get(), index.get(), forCustomers, forDeadlines);
          }

          @Override
          public String metricsScope() {
            return customers.metricsScope();
          }
        },
        Serdes.Bytes(),
        Serdes.ByteArray());
  }

  /**
   * The index of a store, as a processor's context gives it, for the one task that has the store
   * from now on.
   */
  static DeadlineIndex indexOf(KeyValueStore<Bytes, byte[]> customers) {
    return customers
        .query(new Index(), PositionBound.unbounded(), new QueryConfig(false))
        .getResult();
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    // Both under names that no changelog has; the customers' own is restored here.
    customers.init(context, new Unlogged(customers));
    index.init(context, index);
    context.register(root, (BatchingStateRestoreCallback) this::restore);
  }

  /** Keeps records of the changelog, in their order, and makes the index of them. */
  void restore(Collection<KeyValue<byte[], byte[]>> records) {
    closeTask();
    List<KeyValue<Bytes, byte[]>> kept = new ArrayList<>(records.size());
    Map<String, Long> armed = new HashMap<>();
    for (KeyValue<byte[], byte[]> each : records) {
      Bytes key = Bytes.wrap(each.key);
      kept.add(KeyValue.pair(key, each.value));
      if (CustomerKey.isCustomer(key)) {
        String id = new String(each.key, StandardCharsets.UTF_8);
        armed.put(id, armed(id, each.value));
      }
    }
    List<KeyValue<Bytes, byte[]>> entries = new ArrayList<>(armed.size());
    armed.forEach(
        (id, due) -> {
          if (due != Instants.FOREVER) {
            entries.add(KeyValue.pair(new DeadlineKey(due, id).toBytes(), PRESENT));
          }
        });
    index.putAll(entries);
    customers.putAll(kept);
    entries.forEach(entry -> prunedTo = earlier(prunedTo, entry.key));
    prune();
  }

  /**
   * Drops the first entries under which no customer stands any more, up to one under which one
   * does: what fired elsewhere comes first, so that a copy does not grow by it.
   */
  private void prune() {
    List<Bytes> stale = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries = index.range(prunedTo, null)) {
      while (entries.hasNext() && stale.size() < PRUNED_AT_ONCE) {
        prunedTo = entries.next().key;
        DeadlineKey entry = DeadlineKey.of(prunedTo);
        String id = entry.customerId();
        if (armed(id, customers.get(CustomerKey.of(id))) == entry.due()) {
          break;
        }
        stale.add(prunedTo);
      }
    }
    stale.forEach(entry -> index.put(entry, null));
  }

  private static Bytes earlier(Bytes one, Bytes other) {
    return one == null || one.compareTo(other) <= 0 ? one : other;
  }

  private static long armed(String id, byte[] customer) {
    return customer == null ? Instants.FOREVER : CustomerCodec.armed(id, customer);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <R> QueryResult<R> query(Query<R> query, PositionBound bound, QueryConfig config) {
    if (query instanceof Index) {
      closeTask();
      InMemory opened =
          new InMemory(
              new CustomerCache(customers, forCustomers), new DeadlineIndex(index, forDeadlines));
      inMemory = opened;
      return QueryResult.forResult((R) opened.deadlines);
    }
    return customers.query(query, bound, config);
  }

  /** What a task had in memory is in the stores. */
  private void closeTask() {
    InMemory before = inMemory;
    if (before != null) {
      try {
        before.close();
      } finally {
        inMemory = null;
      }
    }
  }

  /** Writes the customers of a task that are in memory only. */
  private void writeCustomers() {
    InMemory task = inMemory;
    if (task != null) {
      task.customers.write();
    }
  }

  @Override
  public String name() {
    return customers.name();
  }

  @Override
  public boolean persistent() {
    return customers.persistent();
  }

  @Override
  public boolean isOpen() {
    return customers.isOpen();
  }

  @Override
  public Position getPosition() {
    return customers.getPosition();
  }

  @Override
  @SuppressWarnings("deprecation") // Kafka Streams 4.3 asks it.
  public boolean managesOffsets() {
    return customers.managesOffsets();
  }

  @Override
  public Long committedOffset(TopicPartition changelog) {
    return customers.committedOffset(changelog);
  }

  /** The index first: offsets say how far both have come. */
  @Override
  public void commit(Map<TopicPartition, Long> offsets) {
    if (inMemory != null) {
      inMemory.write();
    }
    index.commit(Map.of());
    customers.commit(offsets);
  }

  @Override
  public void close() {
    try {
      closeTask();
    } finally {
      customers.close();
      index.close();
    }
  }

  @Override
  public void put(Bytes key, byte[] value) {
    InMemory task = inMemory;
    if (task == null || !CustomerKey.isCustomer(key)) {
      customers.put(key, value);
    } else if (value == null) {
      task.customers.remove(key);
    } else {
      task.customers.put(key, value);
    }
  }

  @Override
  public byte[] putIfAbsent(Bytes key, byte[] value) {
    byte[] before = get(key);
    if (before == null) {
      put(key, value);
    }
    return before;
  }

  @Override
  public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
    entries.forEach(entry -> put(entry.key, entry.value));
  }

  @Override
  public byte[] delete(Bytes key) {
    byte[] before = get(key);
    put(key, null);
    return before;
  }

  @Override
  public byte[] get(Bytes key) {
    InMemory task = inMemory;
    return task == null || !CustomerKey.isCustomer(key)
        ? customers.get(key)
        : task.customers.get(key);
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
    if (from == null || CustomerKey.isCustomer(from)) {
      writeCustomers();
    }
    return customers.range(from, to);
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> all() {
    writeCustomers();
    return customers.all();
  }

  @Override
  public long approximateNumEntries() {
    return customers.approximateNumEntries();
  }

  /**
   * A store under a name of its own, by which Kafka Streams knows it as one without a changelog.
   */
  private static final class Unlogged implements StateStore {
    private final StateStore store;

    Unlogged(StateStore store) {
      this.store = store;
    }

    @Override
    public String name() {
      return store.name() + "-records";
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
      throw new IllegalStateException("The store " + store.name() + " was opened already");
    }

    @Override
    public void close() {
      store.close();
    }

    @Override
    public boolean persistent() {
      return store.persistent();
    }

    @Override
    @SuppressWarnings("deprecation")
    public boolean managesOffsets() {
      return store.managesOffsets();
    }

    @Override
    public boolean isOpen() {
      return store.isOpen();
    }
  }
}
