package dev.lifesign.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.codec.CustomerCodec;
import dev.lifesign.core.codec.DeadlineKey;
import dev.lifesign.core.codec.StoredCustomer;
import dev.lifesign.core.contract.HeapBudget;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.time.Instants;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.RangeQuery;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** The index of deadlines is made of the customers' changelog. */
class IndexedCustomersTest {

  private static final CustomerCodec CODEC = new CustomerCodec();
  private static final Map<TopicPartition, Long> OFFSETS =
      Map.of(new TopicPartition("customers-changelog", 0), 7L);

  @Property(tries = 200)
  void whoReadsTheChangelogHasTheIndexOfItsCustomers(@ForAll long seed) {
    Random random = new Random(seed);
    inner = Stores.inMemoryKeyValueStore("customers").get();
    IndexedCustomers restored = store();
    Map<String, Long> armed = new TreeMap<>();
    for (int batch = 0; batch < 5; batch++) {
      List<KeyValue<byte[], byte[]>> records = new ArrayList<>();
      for (int i = random.nextInt(20); i > 0; i--) {
        String id = "c" + random.nextInt(8);
        long due = random.nextInt(5) == 0 ? Instants.FOREVER : random.nextInt(100);
        records.add(record(id, due));
        armed.put(id, due);
        records.add(
            KeyValue.pair(CustomerKey.changes(id, random.nextInt(3)).get(), new byte[] {1}));
        records.add(KeyValue.pair(CustomerKey.TICK.get(), new byte[Long.BYTES]));
      }
      restored.restore(records);
      // A batch may come again, after a process has died.
      if (random.nextBoolean()) {
        restored.restore(records);
      }
    }
    List<DeadlineKey> standing =
        armed.entrySet().stream()
            .filter(entry -> entry.getValue() != Instants.FOREVER)
            .map(entry -> new DeadlineKey(entry.getValue(), entry.getKey()))
            .sorted()
            .toList();
    // Others may come later, but none comes first.
    assertThat(index()).containsAll(standing);
    assertThat(index().stream().limit(1).toList()).isEqualTo(standing.stream().limit(1).toList());
  }

  @Test
  void anEntryThatTheIndexHasLostComesAgainWithItsCustomer() {
    IndexedCustomers restored = store();
    restored.restore(List.of(record("c", 7)));
    inner.delete(new DeadlineKey(7, "c").toBytes());
    restored.restore(List.of(record("c", 7)));
    assertThat(index()).containsExactly(new DeadlineKey(7, "c"));
  }

  @Test
  void anEntryUnderWhichItsCustomerDoesNotStandAnyMoreIsDropped() {
    IndexedCustomers restored = store();
    restored.restore(List.of(record("c", 7)));
    DeadlineKey stale = new DeadlineKey(5, "c");
    inner.put(stale.toBytes(), DeadlineIndex.PRESENT);
    CustomerStore customers = new CustomerStore(restored);
    assertThat(customers.firstDueBefore(100)).contains(stale);
    assertThat(customers.take(stale)).isEqualTo(Optional.empty());
    assertThat(customers.firstDueBefore(100)).contains(new DeadlineKey(7, "c"));
    assertThat(customers.take(new DeadlineKey(7, "c"))).isPresent();
    assertThat(customers.firstDueBefore(100)).isEmpty();
  }

  @Test
  void anEntryWhoseCustomerWasLostWithAProcessIsDropped() {
    IndexedCustomers restored = store();
    DeadlineKey lost = new DeadlineKey(5, "lost");
    inner.put(lost.toBytes(), DeadlineIndex.PRESENT);
    CustomerStore customers = new CustomerStore(restored);
    assertThat(customers.firstDueBefore(100)).contains(lost);
    assertThat(customers.take(lost)).isEmpty();
    assertThat(customers.firstDueBefore(100)).isEmpty();
  }

  @Test
  void whereOffsetsAreKeptTheStoreHasTheEntriesOfItsCustomers() {
    IndexedCustomers store = store();
    CustomerStore customers = new CustomerStore(store);
    assertThat(customers.firstDueBefore(0)).isEmpty();
    customers.put(Optional.empty(), Customer.unknown("c", 1), List.of(), 7);
    assertThat(index()).isEmpty();
    store.commit(OFFSETS);
    assertThat(index()).containsExactly(new DeadlineKey(7, "c"));
    assertThat(customers.take(new DeadlineKey(7, "c"))).isPresent();
    assertThat(customers.firstDueBefore(100)).isEmpty();
    store.commit(OFFSETS);
    assertThat(index()).isEmpty();
  }

  @Test
  void whoBecomesACopyAndATaskAgainHasMissedNothing() {
    IndexedCustomers store = store();
    CustomerStore customers = new CustomerStore(store);
    assertThat(customers.firstDueBefore(0)).isEmpty();
    customers.put(Optional.empty(), Customer.unknown("a", 1), List.of(), 7);
    store.restore(List.of(record("b", 8)));
    customers = new CustomerStore(store);
    assertThat(customers.firstDueBefore(100)).contains(new DeadlineKey(7, "a"));
    assertThat(customers.take(new DeadlineKey(7, "a"))).isPresent();
    assertThat(customers.firstDueBefore(100)).contains(new DeadlineKey(8, "b"));
  }

  @Test
  void whatATaskHadInMemoryDoesNotHideWhatItsCopyReads() {
    IndexedCustomers store = store();
    CustomerStore customers = new CustomerStore(store);
    assertThat(customers.firstDueBefore(0)).isEmpty();
    customers.put(Optional.empty(), Customer.unknown("a", 1), List.of(), 7);
    KeyValue<byte[], byte[]> newer = record("a", 9);
    store.restore(List.of(newer));
    assertThat(store.get(CustomerKey.of("a"))).isEqualTo(newer.value);
    customers = new CustomerStore(store);
    assertThat(store.get(CustomerKey.of("a"))).isEqualTo(newer.value);
    assertThat(customers.firstDueBefore(100)).contains(new DeadlineKey(9, "a"));
  }

  @Test
  void aCopyDoesNotGrowByWhatFiresElsewhere() {
    IndexedCustomers copy = store();
    for (int fired = 0; fired < 1_000; fired++) {
      copy.restore(List.of(record("a", 2L * fired), record("b", 2L * fired + 1)));
    }
    assertThat(index()).containsExactly(new DeadlineKey(1_998, "a"), new DeadlineKey(1_999, "b"));
  }

  @Test
  void whatWasNotCommittedIsDroppedWhenTheStoreIsClosed() {
    IndexedCustomers store = store();
    CustomerStore customers = new CustomerStore(store);
    assertThat(customers.firstDueBefore(0)).isEmpty();
    customers.put(Optional.empty(), Customer.unknown("a", 1), List.of(), 7);
    store.commit(OFFSETS);
    customers.put(Optional.empty(), Customer.unknown("b", 1), List.of(), 8);
    assertThat(customers.take(new DeadlineKey(7, "a"))).isPresent();
    // Without offsets it is corrupt, and not worth a write.
    store.commit(Map.of());
    assertThat(inner.get(CustomerKey.of("b"))).isNull();
    assertThat(index()).containsExactly(new DeadlineKey(7, "a"));
    store.close();
    assertThat(inner.isOpen()).isFalse();
  }

  @Test
  void theLastTickIsWrittenAtACommitSoThatItIsNeverAheadOfItsCustomers() {
    IndexedCustomers store = store();
    CustomerStore customers = new CustomerStore(store);
    customers.tick(5);
    assertThat(customers.lastTick()).isEqualTo(5);
    assertThat(inner.get(CustomerKey.TICK)).isNull();
    store.commit(OFFSETS);
    assertThat(inner.get(CustomerKey.TICK)).isNotNull();
    assertThat(new CustomerStore(store).lastTick()).isEqualTo(5);
  }

  @Test
  void whoIteratesSeesWhatIsNotWrittenAndNothingOfTheIndexAndWritesNothing() {
    AtomicInteger writes = new AtomicInteger();
    WatchedStore counted = new WatchedStore(inner, (key, value) -> writes.incrementAndGet());
    IndexedCustomers store = store(counted, 1_000_000);
    store.init(new MockProcessorContext<>().getStateStoreContext(), store);
    CustomerStore customers = new CustomerStore(store);
    customers.tick(5);
    customers.put(Optional.empty(), Customer.unknown("b", 1), List.of(), 7);
    customers.put(Optional.empty(), Customer.unknown("d", 1), List.of(), 7);
    store.commit(OFFSETS);
    customers.put(customers.get("b"), Customer.unknown("b", 2), List.of(), 7);
    customers.put(Optional.empty(), Customer.unknown("a", 1), List.of(), 7);
    customers.put(Optional.empty(), Customer.unknown("c", 1), List.of(), 7);
    int written = writes.get();
    assertThat(keys(store.all())).containsExactly("a", "b", "c", "d", tick());
    assertThat(keys(store.range(null, CustomerKey.AFTER_ALL))).containsExactly("a", "b", "c", "d");
    assertThat(keys(store.range(CustomerKey.of("b"), CustomerKey.of("c"))))
        .containsExactly("b", "c");
    assertThat(keys(store.range(CustomerKey.AFTER_ALL, null))).containsExactly(tick());
    assertThat(keys(store.range(CustomerKey.AFTER_ALL, DeadlineKey.AFTER_ALL))).isEmpty();
    try (KeyValueIterator<Bytes, byte[]> one =
        store.range(CustomerKey.of("b"), CustomerKey.of("b"))) {
      assertThat(one.peekNextKey()).isEqualTo(CustomerKey.of("b"));
      assertThat(CODEC.decode("b", one.next().value).customer().policyVersion()).isEqualTo(2);
    }
    assertThat(writes.get()).isEqualTo(written);
    assertThat(customers.idsFrom(Optional.of("b"), 2)).containsExactly("b", "c");
  }

  @Test
  void aQueryThatWouldReadBeneathTheHeapIsRefused() {
    IndexedCustomers store = store();
    CustomerStore customers = new CustomerStore(store);
    customers.put(Optional.empty(), Customer.unknown("a", 1), List.of(), 7);
    QueryResult<byte[]> one =
        store.query(
            KeyQuery.withKey(CustomerKey.of("a")),
            PositionBound.unbounded(),
            new QueryConfig(false));
    assertThat(one.getResult()).isEqualTo(store.get(CustomerKey.of("a"))).isNotNull();
    QueryResult<KeyValueIterator<Bytes, byte[]>> all =
        store.query(RangeQuery.withNoBounds(), PositionBound.unbounded(), new QueryConfig(false));
    assertThat(all.isFailure()).isTrue();
    assertThat(all.getFailureMessage())
        .contains("The store customers does not answer a RangeQuery")
        .contains("use a KeyQuery");
  }

  @Test
  void aCopyKeepsNoEntryOfACustomerWhoWasErased() {
    IndexedCustomers copy = store();
    // It stood under a later instant before, and someone else comes first.
    copy.restore(List.of(record("first", 1), record("erased", 9)));
    copy.restore(List.of(record("erased", 7)));
    assertThat(index())
        .containsExactly(
            new DeadlineKey(1, "first"),
            new DeadlineKey(7, "erased"),
            new DeadlineKey(9, "erased"));
    copy.restore(List.of(KeyValue.pair(CustomerKey.utf8("erased"), null)));
    assertThat(index()).containsExactly(new DeadlineKey(1, "first"));
    assertThat(copy.get(CustomerKey.of("erased"))).isNull();
    // Whoever comes again has an entry again, in the same batch too.
    copy.restore(
        List.of(
            record("erased", 3),
            KeyValue.pair(CustomerKey.utf8("erased"), null),
            record("erased", 4)));
    copy.restore(List.of(record("other", 20)));
    assertThat(index())
        .containsExactly(
            new DeadlineKey(1, "first"),
            new DeadlineKey(4, "erased"),
            new DeadlineKey(20, "other"));
  }

  @Test
  void theSearchForEntriesOfTheErasedGoesOnInBoundedSteps() {
    IndexedCustomers copy = store();
    List<KeyValue<byte[], byte[]>> many = new ArrayList<>();
    for (int i = 0; i < 25_000; i++) {
      many.add(record("c" + i, i));
    }
    many.add(record("erased", 30_000));
    copy.restore(many);
    copy.restore(List.of(record("erased", 29_000)));
    copy.restore(List.of(KeyValue.pair(CustomerKey.utf8("erased"), null)));
    assertThat(index()).contains(new DeadlineKey(30_000, "erased"));
    copy.restore(List.of());
    copy.restore(List.of());
    assertThat(index()).hasSize(25_000).doesNotContain(new DeadlineKey(30_000, "erased"));
  }

  @Test
  void aTaskThatErasesACustomerLeavesNoEntryOfItNotEvenAStaleOne() {
    IndexedCustomers store = store();
    store.restore(List.of(record("other", 20), record("erased", 9)));
    store.restore(List.of(record("erased", 7)));
    CustomerStore customers = new CustomerStore(store);
    customers.erase(customers.get("erased").orElseThrow());
    customers.searchErased();
    store.commit(OFFSETS);
    assertThat(index()).containsExactly(new DeadlineKey(20, "other"));
    assertThat(customers.get("erased")).isEmpty();
    assertThat(inner.get(CustomerKey.of("erased"))).isNull();
  }

  @Test
  void whoIsErasedIsMissingAtOnceAndGoneFromTheStoreAtTheCommit() {
    IndexedCustomers store = store();
    for (String id : List.of("a", "b", "c", "d")) {
      store.restore(List.of(record(id, 9)));
    }
    CustomerStore customers = new CustomerStore(store);
    for (String id : List.of("a", "b", "d")) {
      customers.erase(customers.get(id).orElseThrow());
    }
    customers.put(Optional.empty(), Customer.unknown("b", 1), List.of(), 12);
    assertThat(keys(store.range(null, CustomerKey.AFTER_ALL))).containsExactly("b", "c");
    assertThat(store.get(CustomerKey.of("a"))).isNull();
    assertThat(inner.get(CustomerKey.of("a"))).isNotNull();
    store.commit(OFFSETS);
    assertThat(keys(store.range(null, CustomerKey.AFTER_ALL))).containsExactly("b", "c");
    assertThat(inner.get(CustomerKey.of("a"))).isNull();
    assertThat(inner.get(CustomerKey.of("d"))).isNull();
  }

  @Test
  void aTaskContinuesTheSearchThatARestoreLeftUnfinished() {
    IndexedCustomers store = store();
    List<KeyValue<byte[], byte[]>> many = new ArrayList<>();
    for (int i = 0; i < 25_000; i++) {
      many.add(record("c" + i, i));
    }
    many.add(record("erased", 30_000));
    store.restore(many);
    store.restore(List.of(record("erased", 29_000)));
    store.restore(List.of(KeyValue.pair(CustomerKey.utf8("erased"), null)));
    CustomerStore customers = new CustomerStore(store);
    assertThat(index()).contains(new DeadlineKey(30_000, "erased"));
    customers.searchErased();
    customers.searchErased();
    store.commit(OFFSETS);
    assertThat(index()).hasSize(25_000).doesNotContain(new DeadlineKey(30_000, "erased"));
  }

  @Test
  void theSearchLeavesTheEntryOfACustomerWhoBeganAnew() {
    IndexedCustomers store = store();
    store.restore(List.of(record("erased", 9)));
    CustomerStore customers = new CustomerStore(store);
    customers.erase(customers.get("erased").orElseThrow());
    customers.put(Optional.empty(), Customer.unknown("erased", 1), List.of(), 12);
    store.commit(OFFSETS);
    customers.searchErased();
    store.commit(OFFSETS);
    assertThat(index()).containsExactly(new DeadlineKey(12, "erased"));
  }

  @Test
  void aStoreThatHadItsIndexElsewhereMakesIt() {
    inner.init(new MockProcessorContext<>().getStateStoreContext(), inner);
    for (int i = 0; i < 2_500; i++) {
      KeyValue<byte[], byte[]> customer = record("c" + i, i % 2 == 0 ? i : Instants.FOREVER);
      inner.put(Bytes.wrap(customer.key), customer.value);
    }
    store();
    assertThat(index()).hasSize(1_250).contains(new DeadlineKey(2_498, "c2498"));
    // Once: what is removed later stays removed.
    inner.put(new DeadlineKey(0, "c0").toBytes(), null);
    store();
    assertThat(index()).hasSize(1_249);
  }

  private static String tick() {
    return new String(CustomerKey.TICK.get(), StandardCharsets.ISO_8859_1);
  }

  private static List<String> keys(KeyValueIterator<Bytes, byte[]> entries) {
    List<String> keys = new ArrayList<>();
    try (entries) {
      while (entries.hasNext()) {
        Bytes next = entries.peekNextKey();
        assertThat(entries.next().key).isEqualTo(next);
        keys.add(new String(next.get(), StandardCharsets.ISO_8859_1));
      }
    }
    return keys;
  }

  private KeyValueStore<Bytes, byte[]> inner = Stores.inMemoryKeyValueStore("customers").get();

  private IndexedCustomers store() {
    IndexedCustomers store = store(inner, 1_000_000);
    store.init(new MockProcessorContext<>().getStateStoreContext(), store);
    return store;
  }

  private static IndexedCustomers store(KeyValueStore<Bytes, byte[]> inner, long budget) {
    return new IndexedCustomers(
        inner,
        CustomersInHeap.Shares.of(new HeapBudget(budget, budget, budget)),
        PipelineObserver.NONE);
  }

  private List<DeadlineKey> index() {
    List<DeadlineKey> entries = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all =
        inner.range(DeadlineKey.first(Long.MIN_VALUE), DeadlineKey.AFTER_ALL)) {
      all.forEachRemaining(entry -> entries.add(DeadlineKey.of(entry.key)));
    }
    return entries;
  }

  private static KeyValue<byte[], byte[]> record(String id, long armed) {
    return KeyValue.pair(
        CustomerKey.utf8(id), CODEC.encode(new StoredCustomer(Customer.unknown(id, 1), armed)));
  }
}
