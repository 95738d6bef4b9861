package dev.lifesign.core.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.time.Instants;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** What is kept of customers in memory, and that nobody is missed where there is no room. */
class EncodedCustomersTest {

  private static final int OF_ONE = 160 + 1 + 1_000;

  @Test
  void thoseThatWereLongestNotAskedForGo() {
    EncodedCustomers customers = new EncodedCustomers(new Room(3 * OF_ONE));
    put(customers, "a", "b", "c");
    assertThat(customers.get("a")).isNotNull();
    put(customers, "d");
    assertThat(known(customers)).containsExactly("a", "c", "d");
    put(customers, "a", "a", "a");
    assertThat(known(customers)).containsExactly("a", "c", "d");
    customers.put("c", new byte[1_001]);
    assertThat(known(customers)).containsExactly("c", "d");
  }

  @Test
  void tasksShareTheRoomAndOneThatIsClosedGivesItsPartBack() {
    Room room = new Room(4 * OF_ONE);
    EncodedCustomers first = new EncodedCustomers(room);
    put(first, "a", "b", "c", "d");
    assertThat(known(first)).containsExactly("a", "b", "c", "d");
    EncodedCustomers second = new EncodedCustomers(room);
    put(first, "d");
    put(second, "a", "b", "c");
    assertThat(known(first)).containsExactly("c", "d");
    assertThat(known(second)).containsExactly("b", "c");
    second.close();
    assertThat(known(second)).isEmpty();
    put(first, "a", "b");
    assertThat(known(first)).containsExactly("a", "b", "c", "d");
  }

  @Test
  void customersForWhomThereIsNoRoomAreReadFromTheStore() {
    for (long bytes : List.of(0L, 100_000L, 100_000_000L)) {
      CustomerStore store = new CustomerStore(customers(), new Room(bytes));
      // More than are kept without being encoded.
      for (int version = 1; version <= 2; version++) {
        for (int i = 0; i < 5_000; i++) {
          store.put(Customer.unknown("c" + i, version), Instants.FOREVER, Instants.FOREVER);
        }
      }
      for (int i = 0; i < 5_000; i++) {
        assertThat(store.get("c" + i).orElseThrow().customer())
            .isEqualTo(Customer.unknown("c" + i, 2));
      }
      assertThat(store.get("c5000")).isEqualTo(Optional.empty());
    }
  }

  private static KeyValueStore<Bytes, byte[]> customers() {
    KeyValueStore<Bytes, byte[]> store =
        IndexedCustomers.builder(
                Stores.inMemoryKeyValueStore("customers"),
                Stores.inMemoryKeyValueStore("deadlines"),
                new Room(0))
            .withLoggingDisabled()
            .build();
    store.init(new MockProcessorContext<>().getStateStoreContext(), store);
    return store;
  }

  private static void put(EncodedCustomers customers, String... ids) {
    for (String id : ids) {
      customers.put(id, new byte[1_000]);
    }
  }

  private static List<String> known(EncodedCustomers customers) {
    return IntStream.rangeClosed('a', 'd')
        .mapToObj(Character::toString)
        .filter(id -> customers.get(id) != null)
        .toList();
  }
}
