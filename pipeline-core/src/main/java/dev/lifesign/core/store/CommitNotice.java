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
 * Says when a task is about to commit, so that what changes again and again is written once a
 * commit. Kafka Streams tells processors nothing of commits, but it writes what is cached of a
 * store through to the store beneath before each of them, in the same transaction; this is such a
 * store, which keeps nothing. What the cache lets go for want of room comes early, which does no
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

  /** Asks a store that is wrapped by Kafka Streams for itself (KIP-796). */
  private record Itself() implements Query<CommitNotice> {}

  /** What a processor has of it. */
  public static final class Handle {
    private final KeyValueStore<Bytes, byte[]> store;

    /**
     * A handle.
     *
     * @param store as the processor's context gives it
     * @param beforeCommit is run before each commit for which any handle has asked; it may write
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

    /** Asks for the next commit to be told. */
    public void ask() {
      store.put(KEY, VALUE);
    }
  }

  /** Builds it into a topology; it has no changelog. */
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
    // Those of the processors that had it before; theirs are initialized after it.
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
    return new UnsupportedOperationException("The store " + name + " keeps nothing");
  }
}
