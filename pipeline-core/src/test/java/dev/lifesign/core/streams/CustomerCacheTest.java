package dev.lifesign.core.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.time.Instants;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** What is kept of customers in memory, and that nobody is missed where there is no room. */
class CustomerCacheTest {

  private static final int OF_ONE = SlotTable.ENTRY + 1_024;

  private final KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("c").get();

  @Test
  void whoGoesIsWrittenAndWhoStaysIsNot() {
    CustomerCache customers = new CustomerCache(opened(store), new Room(3 * OF_ONE));
    put(customers, "a", "b", "c");
    assertThat(written()).isEmpty();
    assertThat(customers.get(key("a"))).isNotNull();
    put(customers, "d");
    assertThat(written()).containsExactly("b");
    put(customers, "a", "a", "a");
    assertThat(written()).containsExactly("b");
    customers.put(key("c"), new byte[1_024]);
    assertThat(written()).containsExactly("b", "d");
    customers.close();
    assertThat(written()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void whoIsAskedForOutlivesWhoCameLater() {
    CustomerCache customers = new CustomerCache(opened(store), new Room(3 * OF_ONE));
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
    CustomerCache customers = new CustomerCache(opened(store), new Room(100_000));
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
    customers.write();
    assertThat(store.get(key("a"))).isEqualTo(expected);
  }

  @Test
  void asManyAreKeptAfterLargeOnesCameAndWent() {
    CustomerCache customers = new CustomerCache(opened(store), new Room(3 * OF_ONE));
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
    Room room = new Room(4 * OF_ONE);
    CustomerCache first = new CustomerCache(opened(store), room);
    put(first, "a", "b", "c", "d");
    assertThat(written()).isEmpty();
    KeyValueStore<Bytes, byte[]> other = opened(Stores.inMemoryKeyValueStore("other").get());
    CustomerCache second = new CustomerCache(other, room);
    put(first, "d");
    assertThat(written()).containsExactly("a", "b");
    second.close();
    put(first, "a", "b");
    assertThat(written()).containsExactly("a", "b");
    first.write();
    assertThat(written()).containsExactly("a", "b", "c", "d");
  }

  @Property(tries = 300)
  void whateverIsInMemoryTheStoreAnswersAsOneWithoutAny(
      @ForAll @IntRange(max = 2_000) int room,
      @ForAll @Size(max = 200) List<@IntRange(max = 99) Integer> steps) {
    KeyValueStore<Bytes, byte[]> inner = Stores.inMemoryKeyValueStore("customers").get();
    KeyValueStore<Bytes, byte[]> deadlines = Stores.inMemoryKeyValueStore("deadlines").get();
    IndexedCustomers customers =
        new IndexedCustomers(inner, deadlines, new Room(room), new Room(room));
    opened(customers);
    assertThat(IndexedCustomers.indexOf(customers)).isNotNull();
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
        case 1 -> customers.commit(Map.of());
        case 2 -> assertThat(IndexedCustomers.indexOf(customers)).isNotNull();
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
    customers.commit(Map.of());
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
                          Stores.inMemoryKeyValueStore("deadlines"),
                          new Room(bytes),
                          new Room(bytes))
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
