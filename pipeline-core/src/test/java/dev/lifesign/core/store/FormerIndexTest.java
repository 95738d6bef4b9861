package dev.lifesign.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifesign.core.codec.CustomerCodec;
import dev.lifesign.core.codec.DeadlineKey;
import dev.lifesign.core.codec.StoredCustomer;
import dev.lifesign.domain.customer.Customer;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State of a build that had the index of deadlines in a RocksDB of its own. */
class FormerIndexTest {

  private static final CustomerCodec CODEC = new CustomerCodec();

  @TempDir Path dir;

  @Test
  void itIsReusedAndTheFormerBuildDoesNotOpenItAgain() {
    StateStoreContext context = KilledStore.context(dir);
    KeyValueStore<Bytes, byte[]> customers = Stores.persistentKeyValueStore("customers").get();
    KeyValueStore<Bytes, byte[]> deadlines = Stores.persistentKeyValueStore("deadlines").get();
    customers.init(context, customers);
    deadlines.init(context, deadlines);
    customers.put(
        CustomerKey.of("c"), CODEC.encode(new StoredCustomer(Customer.unknown("c", 1), 7)));
    deadlines.put(new DeadlineKey(7, "c").toBytes(), DeadlineIndex.PRESENT);
    customers.close();
    deadlines.close();

    for (int time = 0; time < 2; time++) {
      IndexedCustomers store =
          KilledStore.open(dir, Stores.persistentKeyValueStore("customers").get(), 1_000);
      assertThat(new CustomerStore(store).firstDueBefore(100))
          .isEqualTo(Optional.of(new DeadlineKey(7, "c")));
      store.close();
    }

    assertThat(dir.resolve("task").resolve(FormerIndex.PLACE))
        .isRegularFile()
        .content()
        .contains("delete the folder of this task");
    KeyValueStore<Bytes, byte[]> former = Stores.persistentKeyValueStore("deadlines").get();
    assertThatThrownBy(() -> former.init(KilledStore.context(dir), former))
        .isInstanceOf(ProcessorStateException.class)
        .hasMessageContaining("deadlines");
  }
}
