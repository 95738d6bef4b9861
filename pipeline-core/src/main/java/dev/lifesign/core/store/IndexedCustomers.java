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
 * The store of customers together with the index of their deadlines, which has keys of its own
 * ({@link DeadlineKey}). Both are in one store so that they, and the changelog offsets, are always
 * consistent on disk. The index is not in the changelog, and readers of the store do not see it. A
 * restore or a standby builds it from the changelog ({@link RestoredIndex}); a task maintains it
 * ({@link #heapOf}).
 *
 * <p>What a task keeps in the heap is written when Kafka Streams commits the store, which it also
 * does before it closes a task normally. Closing the store drops what was not committed.
 */
public final class IndexedCustomers implements KeyValueStore<Bytes, byte[]> {

  private static final Logger LOG = LoggerFactory.getLogger(IndexedCustomers.class);

  private final KeyValueStore<Bytes, byte[]> store;
  private final CustomersInHeap.Shares shares;
  private final PipelineObserver observer;

  private RestoredIndex index;
  private boolean isWipedAfterKill;

  /** What the task keeps in the heap; null if the store is a copy without a task. */
  private volatile CustomersInHeap heap;

  /**
   * Wraps a store, which is opened with this one.
   *
   * @param shares the heap budget of all tasks of the process
   */
  public IndexedCustomers(
      KeyValueStore<Bytes, byte[]> store,
      CustomersInHeap.Shares shares,
      PipelineObserver observer) {
    this.store = store;
    this.shares = shares;
    this.observer = observer;
  }

  /** Finds the heap of this store behind the wrappers of Kafka Streams (KIP-796). */
  private record Heap() implements Query<CustomersInHeap> {}

  /**
   * A builder of the store for a topology.
   *
   * @param customers supplies the wrapped store
   * @param budget the heap budget of all tasks of the process
   * @param observer receives the duration of writes
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
   * Creates the heap of a store for a new task. The heap of an earlier task is written and closed.
   *
   * @param customers the store from the processor's context
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
    // Under a name without a changelog, since this store restores the changelog itself.
    store.init(context, new Unlogged(store));
    index = new RestoredIndex(store);
    index.complete();
    if (store.persistent()) {
      FormerIndex.replace(context.stateDir());
    }
    context.register(root, (BatchingStateRestoreCallback) this::restore);
  }

  /** Restores records of the changelog, in order, and their index entries. */
  void restore(Collection<KeyValue<byte[], byte[]>> records) {
    endTask();
    index.restore(records);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <R> QueryResult<R> query(Query<R> query, PositionBound bound, QueryConfig config) {
    if (query instanceof Heap) {
      endTask();
      heap = new CustomersInHeap(store, index.erased(), shares, !isWipedAfterKill);
      return QueryResult.forResult((R) heap);
    }
    if (query instanceof KeyQuery<?, ?> one && bound.isUnbounded()) {
      return QueryResult.forResult((R) get((Bytes) one.getKey()));
    }
    return QueryResult.forFailure(
        FailureReason.UNKNOWN_QUERY_TYPE,
        "The store %s does not answer a %s, because the answer would lack entries that are still in the heap; use a KeyQuery without a position bound, or a range of a ReadOnlyKeyValueStore"
            .formatted(name(), query.getClass().getSimpleName()));
  }

  /**
   * Ends the former task's heap. If the store is still open, that task was closed normally and has
   * committed everything, so what is left may be written.
   */
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
   * Writes the heap, then the offsets. Without offsets nothing is written: the store is corrupt and
   * will be restored from the beginning.
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

  /** Closes the store and drops what was not committed. */
  @Override
  public void close() {
    CustomersInHeap task = heap;
    if (task != null) {
      heap = null;
      if (task.unwrittenBytes() > 0) {
        LOG.info(
            "The store {} is closed without a commit: {} unwritten bytes are dropped; everything committed is in the changelog",
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

  /** Leaves out the index. Writes nothing, so any thread may call it. */
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

  /** Leaves out the index. Writes nothing, so any thread may call it. */
  @Override
  public KeyValueIterator<Bytes, byte[]> all() {
    return range(null, null);
  }

  /** Counts the entries of the index too, but not what is only in the heap. */
  @Override
  public long approximateNumEntries() {
    return store.approximateNumEntries();
  }

  /** Gives a store another name, under which Kafka Streams does not look for a changelog. */
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
