package dev.lifesign.core.store.heap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.contract.HeapBudget;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.store.CustomerKey;
import dev.lifesign.core.store.CustomerStore;
import dev.lifesign.core.store.CustomersInHeap;
import dev.lifesign.core.store.IndexedCustomers;
import dev.lifesign.core.store.WatchedStore;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.time.Instants;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** What is kept of customers in memory, and that nobody is missed where there is no room. */
class CustomerCacheTest {

  private static final int OF_ONE = SlotTable.ENTRY + 1_024;

  private static final Map<TopicPartition, Long> OFFSETS =
      Map.of(new TopicPartition("customers-changelog", 0), 7L);

  private final KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("c").get();

  @Test
  void whoGoesIsWrittenAndWhoStaysIsNot() {
    CustomerCache customers = cache(store, new HeapShare(3 * OF_ONE));
    put(customers, "a", "b", "c");
    assertThat(written()).isEmpty();
    assertThat(customers.get(key("a"))).isNotNull();
    put(customers, "d");
    assertThat(written()).containsExactly("b");
    put(customers, "a", "a", "a");
    assertThat(written()).containsExactly("b");
    customers.put(key("c"), new byte[1_024]);
    assertThat(written()).containsExactly("b", "d");
    assertThat(customers.writeSome(100)).isTrue();
    assertThat(written()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void whoIsAskedForOutlivesWhoCameLater() {
    CustomerCache customers = cache(store, new HeapShare(3 * OF_ONE));
    put(customers, "a", "b", "c");
    customers.get(key("a"));
    customers.get(key("b"));
    put(customers, "d");
    assertThat(written()).containsExactly("c");
    // All were asked for: the one that came first goes, and not the one that comes.
    customers.get(key("a"));
    customers.get(key("b"));
    customers.get(key("d"));
    put(customers, "c");
    assertThat(written()).containsExactly("a", "c");
  }

  @Test
  void whatIsKeptIsItsOwnHoweverItGrowsAndShrinks() {
    CustomerCache customers = cache(store, new HeapShare(100_000));
    Random random = new Random(1);
    byte[] expected = null;
    for (int i = 0; i < 1_000; i++) {
      byte[] value = new byte[random.nextInt(300)];
      random.nextBytes(value);
      customers.put(key("a"), value);
      expected = value.clone();
      Arrays.fill(value, (byte) 0);
      Arrays.fill(customers.get(key("a")), (byte) 0);
      assertThat(customers.get(key("a"))).isEqualTo(expected);
    }
    customers.writeSome(100);
    assertThat(store.get(key("a"))).isEqualTo(expected);
  }

  @Test
  void asManyAreKeptAfterLargeOnesCameAndWent() {
    CustomerCache customers = cache(store, new HeapShare(3 * OF_ONE));
    for (String id : List.of("a", "b", "c", "d")) {
      customers.put(key(id), new byte[3_000]);
    }
    assertThat(written()).containsExactly("a", "b", "c");
    put(customers, "a", "b", "c");
    for (String id : List.of("a", "b", "c")) {
      store.put(key(id), null);
      assertThat(customers.get(key(id))).hasSize(1_000);
    }
  }

  @Test
  void tasksShareTheRoomAndOneThatIsClosedGivesItsPartBack() {
    HeapShare room = new HeapShare(4 * OF_ONE);
    CustomerCache first = cache(store, room);
    put(first, "a", "b", "c", "d");
    assertThat(written()).isEmpty();
    CustomerCache second = cache(Stores.inMemoryKeyValueStore("other").get(), room);
    put(first, "d");
    assertThat(written()).containsExactly("a", "b");
    second.close();
    put(first, "a", "b");
    assertThat(written()).containsExactly("a", "b");
    first.writeSome(100);
    assertThat(written()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void onlyACommitRemovesWhoIsRemovedIfOnlyACommitWrites() {
    CustomerCache customers =
        new CustomerCache(opened(store), new HeapShare(1_000_000), new HeapShare(1_000_000), true);
    put(customers, "a", "b");
    customers.writeSome(100);
    customers.remove(key("a"));
    assertThat(written()).containsExactly("a", "b");
    assertThat(customers.get(key("a"))).isNull();
    assertThat(customers.unwritten(null, null)).containsOnlyKeys(key("a")).containsValue(null);
    assertThat(customers.unwritten(key("b"), null)).isEmpty();
    assertThat(customers.unwrittenBytes()).isPositive();
    assertThat(customers.writeSome(100)).isTrue();
    assertThat(written()).containsExactly("b");
    assertThat(customers.unwrittenBytes()).isZero();
    assertThat(customers.unwritten(null, null)).isEmpty();
  }

  @Test
  void whoIsPutAgainAfterItsRemovalStays() {
    CustomerCache customers =
        new CustomerCache(opened(store), new HeapShare(1_000_000), new HeapShare(1_000_000), true);
    put(customers, "a");
    customers.writeSome(100);
    customers.remove(key("a"));
    put(customers, "a");
    assertThat(customers.get(key("a"))).isNotNull();
    customers.writeSome(100);
    assertThat(written()).containsExactly("a");
    assertThat(customers.unwrittenBytes()).isZero();
  }

  @Test
  void whatTheStoreDoesNotHaveIsBoundedAndWrittenAFewPerCall() {
    AtomicInteger writes = new AtomicInteger();
    KeyValueStore<Bytes, byte[]> counted =
        new WatchedStore(opened(store), (key, value) -> writes.incrementAndGet());
    HeapShare unwritten = new HeapShare(100L * OF_ONE);
    CustomerCache customers =
        new CustomerCache(counted, new HeapShare(10_000L * OF_ONE), unwritten, false);
    for (int i = 0; i < 5_000; i++) {
      int before = writes.get();
      customers.put(key("c" + i), new byte[1_000]);
      assertThat(writes.get() - before).isLessThanOrEqualTo(CustomerCache.AT_ONCE);
      assertThat(customers.unwrittenBytes()).isLessThanOrEqualTo(100L * OF_ONE);
    }
    // Those that came first, so that a customer who comes again soon is written once.
    assertThat(store.get(key("c0"))).isNotNull();
    assertThat(store.get(key("c4999"))).isNull();
  }

  @Test
  void aTaskThatOpensMakesNoCallOfAnotherTakeLong() {
    AtomicInteger writes = new AtomicInteger();
    KeyValueStore<Bytes, byte[]> counted =
        new WatchedStore(opened(store), (key, value) -> writes.incrementAndGet());
    HeapShare room = new HeapShare(1_000L * OF_ONE);
    CustomerCache first = new CustomerCache(counted, room, new HeapShare(1L << 40), false);
    for (int i = 0; i < 1_000; i++) {
      first.put(key("c" + i), new byte[1_000]);
    }
    CustomerCache second = cache(Stores.inMemoryKeyValueStore("other").get(), room);
    int calls = 0;
    while (first.bytes() > 500L * OF_ONE) {
      int before = writes.get();
      first.put(key("c999"), new byte[1_000]);
      assertThat(writes.get() - before).isLessThanOrEqualTo(2 * CustomerCache.AT_ONCE);
      second.put(key("d" + calls), new byte[1_000]);
      calls++;
      assertThat(first.bytes() + second.bytes()).isLessThanOrEqualTo(1_004L * OF_ONE);
    }
    assertThat(calls).isBetween(500 / (2 * CustomerCache.AT_ONCE), 1_000);
  }

  @Test
  void beforeACommitNothingIsWrittenWhereAKilledProcessGoesOnWithItsStore() {
    AtomicInteger writes = new AtomicInteger();
    KeyValueStore<Bytes, byte[]> counted =
        new WatchedStore(opened(store), (key, value) -> writes.incrementAndGet());
    CustomerCache customers =
        new CustomerCache(counted, new HeapShare(10L * OF_ONE), new HeapShare(20L * OF_ONE), true);
    for (int i = 0; i < 100; i++) {
      customers.put(key("c" + i), new byte[1_000]);
      assertThat(customers.wantsCommit()).isEqualTo(i >= 10);
    }
    assertThat(writes.get()).isZero();
    assertThat(customers.writeSome(1_000)).isTrue();
    assertThat(customers.wantsCommit()).isFalse();
    assertThat(writes.get()).isEqualTo(100);
    customers.evict(1_000);
    assertThat(customers.bytes()).isLessThanOrEqualTo(10L * OF_ONE);
    assertThat(writes.get()).isEqualTo(100);
  }

  @Property(tries = 300)
  void whateverIsInMemoryTheStoreAnswersAsOneWithoutAny(
      @ForAll @IntRange(max = 2_000) int room,
      @ForAll @IntRange(max = 2_000) int unwritten,
      @ForAll @Size(max = 200) List<@IntRange(max = 99) Integer> steps) {
    KeyValueStore<Bytes, byte[]> inner = Stores.inMemoryKeyValueStore("customers").get();
    IndexedCustomers customers =
        new IndexedCustomers(
            inner,
            CustomersInHeap.Shares.of(new HeapBudget(room, room, unwritten)),
            PipelineObserver.NONE);
    opened(customers);
    assertThat(IndexedCustomers.heapOf(customers)).isNotNull();
    Map<String, byte[]> reference = new TreeMap<>();
    int filling = 0;
    for (int step : steps) {
      String id = "c" + step % 10;
      byte[] value = new byte[step];
      Arrays.fill(value, (byte) ++filling);
      switch (step / 10) {
        case 0 -> {
          customers.delete(key(id));
          reference.remove(id);
        }
        case 1 -> customers.commit(OFFSETS);
        case 2 -> assertThat(IndexedCustomers.heapOf(customers)).isNotNull();
        case 3 -> assertThat(ids(customers)).containsExactlyElementsOf(reference.keySet());
        case 4 -> {
          customers.putIfAbsent(key(id), value);
          reference.putIfAbsent(id, value);
        }
        default -> {
          customers.put(key(id), value);
          reference.put(id, value);
        }
      }
      assertThat(customers.get(key(id))).isEqualTo(reference.get(id));
    }
    customers.commit(OFFSETS);
    assertThat(ids(inner)).containsExactlyElementsOf(reference.keySet());
    reference.forEach((id, value) -> assertThat(inner.get(key(id))).isEqualTo(value));
  }

  @Test
  void customersForWhomThereIsNoRoomAreReadFromTheStore() {
    for (long bytes : List.of(0L, 100_000L, 100_000_000L)) {
      CustomerStore customers =
          new CustomerStore(
              opened(
                  IndexedCustomers.builder(
                          Stores.inMemoryKeyValueStore("customers"),
                          new HeapBudget(bytes, bytes, bytes),
                          PipelineObserver.NONE)
                      .withLoggingDisabled()
                      .build()));
      // More than are kept without being encoded.
      for (int version = 1; version <= 2; version++) {
        for (int i = 0; i < 5_000; i++) {
          customers.put(
              Optional.empty(), Customer.unknown("c" + i, version), List.of(), Instants.FOREVER);
        }
      }
      for (int i = 0; i < 5_000; i++) {
        assertThat(customers.get("c" + i).orElseThrow().customer())
            .isEqualTo(Customer.unknown("c" + i, 2));
      }
      assertThat(customers.get("c5000")).isEqualTo(Optional.empty());
    }
  }

  private static CustomerCache cache(KeyValueStore<Bytes, byte[]> store, HeapShare room) {
    return new CustomerCache(opened(store), room, new HeapShare(1_000_000), false);
  }

  private static KeyValueStore<Bytes, byte[]> opened(KeyValueStore<Bytes, byte[]> store) {
    store.init(new MockProcessorContext<>().getStateStoreContext(), store);
    return store;
  }

  private static Bytes key(String id) {
    return CustomerKey.of(id);
  }

  private static void put(CustomerCache customers, String... ids) {
    for (String id : ids) {
      customers.put(key(id), new byte[1_000]);
    }
  }

  private List<String> written() {
    return IntStream.rangeClosed('a', 'd')
        .mapToObj(Character::toString)
        .filter(id -> store.get(key(id)) != null)
        .toList();
  }

  private static List<String> ids(KeyValueStore<Bytes, byte[]> store) {
    List<String> ids = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = store.range(null, CustomerKey.AFTER_ALL)) {
      all.forEachRemaining(entry -> ids.add(new String(entry.key.get(), StandardCharsets.UTF_8)));
    }
    return ids;
  }
}
