package dev.lifesign.core.store;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
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
 * Signals that a task is about to commit, so that what changes repeatedly is written once per
 * commit. Kafka Streams does not notify processors of commits, but before each one it flushes
 * cached stores to the store beneath, in the same transaction. This is such a store; it stores
 * nothing. An entry that the cache evicts for lack of space causes an early signal, which does no
 * harm.
 */
public final class CommitNotice implements KeyValueStore<Bytes, byte[]> {

  private static final Bytes KEY = Bytes.wrap(new byte[] {'c'});
  private static final byte[] VALUE = {1};

  private final String name;
  private final List<Runnable> beforeCommit = new ArrayList<>();
  private boolean open;

  private CommitNotice(String name) {
    this.name = name;
  }

  /** Finds this store behind the wrappers of Kafka Streams (KIP-796). */
  private record Itself() implements Query<CommitNotice> {}

  /** A processor's handle of the store. */
  public static final class Handle {
    private final KeyValueStore<Bytes, byte[]> store;

    /**
     * Registers a callback.
     *
     * @param store the store from the processor's context
     * @param beforeCommit runs before each commit that any handle has asked about; it may write to
     *     stores
     */
    public Handle(KeyValueStore<Bytes, byte[]> store, Runnable beforeCommit) {
      this.store = store;
      store
          .query(new Itself(), PositionBound.unbounded(), new QueryConfig(false))
          .getResult()
          .beforeCommit
          .add(beforeCommit);
    }

    /** Asks to be notified of the next commit. */
    public void ask() {
      store.put(KEY, VALUE);
    }
  }

  /** A builder of the store for a topology; it has no changelog. */
  public static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(String name) {
    return Stores.keyValueStoreBuilder(
            new KeyValueBytesStoreSupplier() {
              @Override
              public String name() {
                return name;
              }

              @Override
              public KeyValueStore<Bytes, byte[]> get() {
                return new CommitNotice(name);
              }

              @Override
              public String metricsScope() {
                return "commit-notice";
              }
            },
            Serdes.Bytes(),
            Serdes.ByteArray())
        .withCachingEnabled()
        .withLoggingDisabled();
  }

  @Override
  public void put(Bytes key, byte[] value) {
    beforeCommit.forEach(Runnable::run);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <R> QueryResult<R> query(Query<R> query, PositionBound bound, QueryConfig config) {
    return query instanceof Itself
        ? QueryResult.forResult((R) this)
        : QueryResult.forUnknownQueryType(query, this);
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    context.register(root, (key, value) -> {});
    // Drops the callbacks of earlier processors; new processors are initialized after their stores.
    beforeCommit.clear();
    open = true;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void close() {
    open = false;
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public Position getPosition() {
    return Position.emptyPosition();
  }

  @Override
  public byte[] putIfAbsent(Bytes key, byte[] value) {
    throw keepsNothing();
  }

  @Override
  public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
    throw keepsNothing();
  }

  @Override
  public byte[] delete(Bytes key) {
    throw keepsNothing();
  }

  @Override
  public byte[] get(Bytes key) {
    throw keepsNothing();
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
    throw keepsNothing();
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> all() {
    throw keepsNothing();
  }

  @Override
  public long approximateNumEntries() {
    return 0;
  }

  private UnsupportedOperationException keepsNothing() {
    return new UnsupportedOperationException(
        "The store " + name + " only signals commits and has no entries");
  }
}
