package dev.lifesign.core.store;

import dev.lifesign.core.codec.DeadlineKey;
import dev.lifesign.core.contract.HeapBudget;
import dev.lifesign.core.contract.PipelineObserver;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.FailureReason;
import org.apache.kafka.streams.query.KeyQuery;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store of customers, which has the index of their deadlines too, under keys of its own ({@link
 * DeadlineKey}) and beneath the changelog: what is on disk of the two is always what both were at
 * one instant, with the offsets of that instant. The index is not in the changelog, and nobody sees
 * it who reads the store: whoever reads the changelog, to restore or to stand by, makes the index
 * of it ({@link RestoredIndex}), and a task keeps it itself ({@link #heapOf}).
 *
 * <p>What a task keeps in the heap is written when Kafka Streams commits the store, which it does
 * before it closes a task in order, and dropped when the store is closed.
 */
public final class IndexedCustomers implements KeyValueStore<Bytes, byte[]> {

  private static final Logger LOG = LoggerFactory.getLogger(IndexedCustomers.class);

  private final KeyValueStore<Bytes, byte[]> store;
  private final CustomersInHeap.Shares shares;
  private final PipelineObserver observer;

  private RestoredIndex index;
  private boolean isWipedAfterKill;

  /** What the task that has the store keeps in the heap; null where there is none, but a copy. */
  private volatile CustomersInHeap heap;

  /**
   * Before a store, which is opened with this one.
   *
   * @param shares what all tasks of the process may keep in the heap
   */
  public IndexedCustomers(
      KeyValueStore<Bytes, byte[]> store,
      CustomersInHeap.Shares shares,
      PipelineObserver observer) {
    this.store = store;
    this.shares = shares;
    this.observer = observer;
  }

  /** Asks a store that is wrapped by Kafka Streams for its heap (KIP-796). */
  private record Heap() implements Query<CustomersInHeap> {}

  /**
   * Builds it into a topology.
   *
   * @param customers makes the store beneath
   * @param budget what all tasks of the process may keep in the heap
   * @param observer is told how long it takes to write
   */
  public static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(
      KeyValueBytesStoreSupplier customers, HeapBudget budget, PipelineObserver observer) {
    CustomersInHeap.Shares shares = CustomersInHeap.Shares.of(budget);
    return Stores.keyValueStoreBuilder(
        new KeyValueBytesStoreSupplier() {
          @Override
          public String name() {
            return customers.name();
          }

          @Override
          public KeyValueStore<Bytes, byte[]> get() {
            return new IndexedCustomers(customers.get(), shares, observer);
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
   * What is kept in the heap of a store, as a processor's context gives it, for the one task that
   * has the store from now on.
   */
  public static CustomersInHeap heapOf(KeyValueStore<Bytes, byte[]> customers) {
    return customers
        .query(new Heap(), PositionBound.unbounded(), new QueryConfig(false))
        .getResult();
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    isWipedAfterKill =
        StreamsConfig.EXACTLY_ONCE_V2.equals(
            context.appConfigs().get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
    // Under a name that no changelog has; its own is restored here.
    store.init(context, new Unlogged(store));
    index = new RestoredIndex(store);
    index.complete();
    if (store.persistent()) {
      FormerIndex.replace(context.stateDir());
    }
    context.register(root, (BatchingStateRestoreCallback) this::restore);
  }

  /** Keeps records of the changelog, in their order, and makes the index of them. */
  void restore(Collection<KeyValue<byte[], byte[]>> records) {
    endTask();
    index.restore(records);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <R> QueryResult<R> query(Query<R> query, PositionBound bound, QueryConfig config) {
    if (query instanceof Heap) {
      endTask();
      heap = new CustomersInHeap(store, shares, !isWipedAfterKill);
      return QueryResult.forResult((R) heap);
    }
    if (query instanceof KeyQuery<?, ?> one && bound.isUnbounded()) {
      return QueryResult.forResult((R) get((Bytes) one.getKey()));
    }
    return QueryResult.forFailure(
        FailureReason.UNKNOWN_QUERY_TYPE,
        "The store %s does not answer a %s: what it has in the heap would be missing; ask for a customer by its key, without a bound of positions, or read a range of a ReadOnlyKeyValueStore"
            .formatted(name(), query.getClass().getSimpleName()));
  }

  /** A task that ended in order, and whose store goes on, has committed all; nothing is lost. */
  private void endTask() {
    CustomersInHeap before = heap;
    if (before != null) {
      before.write();
      heap = null;
      before.close();
    }
  }

  @Override
  public String name() {
    return store.name();
  }

  @Override
  public boolean persistent() {
    return store.persistent();
  }

  @Override
  public boolean isOpen() {
    return store.isOpen();
  }

  @Override
  public Position getPosition() {
    return store.getPosition();
  }

  @Override
  @SuppressWarnings("deprecation") // Kafka Streams 4.3 asks it.
  public boolean managesOffsets() {
    return store.managesOffsets();
  }

  @Override
  public Long committedOffset(TopicPartition changelog) {
    return store.committedOffset(changelog);
  }

  /**
   * Writes what is in the heap, then the offsets, which say how far the store has come. Without
   * offsets the store is corrupt and will be restored from the beginning: nothing is written.
   */
  @Override
  public void commit(Map<TopicPartition, Long> offsets) {
    CustomersInHeap task = heap;
    if (task != null && !offsets.isEmpty()) {
      long begin = System.nanoTime();
      task.write();
      observer.heapWritten(System.nanoTime() - begin);
    }
    store.commit(offsets);
  }

  /** What was not committed is dropped. */
  @Override
  public void close() {
    CustomersInHeap task = heap;
    if (task != null) {
      heap = null;
      if (task.unwrittenBytes() > 0) {
        LOG.info(
            "The store {} is closed without a commit: {} bytes that it does not have are dropped; its changelog has what counts",
            name(),
            task.unwrittenBytes());
      }
      task.close();
    }
    store.close();
  }

  @Override
  public void put(Bytes key, byte[] value) {
    CustomersInHeap task = heap;
    if (task == null || !CustomerKey.isKeptInHeap(key)) {
      store.put(key, value);
    } else {
      task.put(key, value);
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
    CustomersInHeap task = heap;
    return task == null || !CustomerKey.isKeptInHeap(key) ? store.get(key) : task.get(key);
  }

  /** Without the index. Writes nothing, so that any thread may ask. */
  @Override
  public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
    if (from != null && from.compareTo(DeadlineKey.AFTER_ALL) >= 0) {
      return store.range(from, to);
    }
    CustomersInHeap task = heap;
    NavigableMap<Bytes, byte[]> unwritten =
        task == null || (from != null && !CustomerKey.isCustomer(from))
            ? Collections.emptyNavigableMap()
            : task.unwritten(from, to);
    return new CustomersIterator(store, from, to, unwritten);
  }

  /** Without the index. Writes nothing, so that any thread may ask. */
  @Override
  public KeyValueIterator<Bytes, byte[]> all() {
    return range(null, null);
  }

  /** With the entries of the index; without what is in the heap alone. */
  @Override
  public long approximateNumEntries() {
    return store.approximateNumEntries();
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
