package dev.lifesign.core.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.streams.codec.CustomerCodec;
import dev.lifesign.core.streams.codec.DeadlineKey;
import dev.lifesign.core.streams.codec.StoredCustomer;
import dev.lifesign.core.time.Instants;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** The index of deadlines is made of the customers' changelog. */
class IndexedCustomersTest {

  private static final CustomerCodec CODEC = new CustomerCodec();

  @Property(tries = 200)
  void whoReadsTheChangelogHasTheIndexOfItsCustomers(@ForAll long seed) {
    Random random = new Random(seed);
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
    index.delete(new DeadlineKey(7, "c").toBytes());
    restored.restore(List.of(record("c", 7)));
    assertThat(index()).containsExactly(new DeadlineKey(7, "c"));
  }

  @Test
  void anEntryUnderWhichItsCustomerDoesNotStandAnyMoreIsDropped() {
    IndexedCustomers restored = store();
    restored.restore(List.of(record("c", 7)));
    DeadlineKey stale = new DeadlineKey(5, "c");
    index.put(stale.toBytes(), IndexedCustomers.PRESENT);
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
    index.put(lost.toBytes(), IndexedCustomers.PRESENT);
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
    store.commit(Map.of());
    assertThat(index()).containsExactly(new DeadlineKey(7, "c"));
    assertThat(customers.take(new DeadlineKey(7, "c"))).isPresent();
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

  private final KeyValueStore<Bytes, byte[]> index =
      Stores.inMemoryKeyValueStore("deadlines").get();

  private IndexedCustomers store() {
    IndexedCustomers store =
        new IndexedCustomers(
            Stores.inMemoryKeyValueStore("customers").get(),
            index,
            new Room(1_000_000),
            new Room(1_000_000));
    store.init(new MockProcessorContext<>().getStateStoreContext(), store);
    return store;
  }

  private List<DeadlineKey> index() {
    List<DeadlineKey> entries = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = index.all()) {
      all.forEachRemaining(entry -> entries.add(DeadlineKey.of(entry.key)));
    }
    return entries;
  }

  private static KeyValue<byte[], byte[]> record(String id, long armed) {
    return KeyValue.pair(
        CustomerKey.utf8(id), CODEC.encode(new StoredCustomer(Customer.unknown(id, 1), armed)));
  }
}
