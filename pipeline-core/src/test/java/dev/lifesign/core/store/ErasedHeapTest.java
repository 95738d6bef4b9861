package dev.lifesign.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.lifesign.core.contract.HeapBudget;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.domain.customer.Customer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches a dump of the heap for the ids of erased customers. */
class ErasedHeapTest {

  private static final Map<TopicPartition, Long> OFFSETS =
      Map.of(new TopicPartition("customers-changelog", 0), 7L);

  private static final int CUSTOMERS = 4_000;
  private static final long HOUR = 3_600_000;

  @TempDir private Path dir;

  /** Written backwards, so that the test itself does not have what it searches for. */
  private static final String ERASED_BACKWARDS = "desare-x7qz-";

  private static final String KEPT_BACKWARDS = "tpek-x7qz-";

  private static String id(String backwards, int number) {
    return new StringBuilder(backwards)
        .insert(0, "-".repeat(number % 50))
        .reverse()
        .append(number)
        .toString();
  }

  @Test
  void noCacheHasTheIdOfAnErasedCustomer() throws IOException {
    IndexedCustomers store =
        new IndexedCustomers(
            Stores.inMemoryKeyValueStore("customers").get(),
            // So little that customers are evicted, and deadlines dropped.
            CustomersInHeap.Shares.of(new HeapBudget(300_000, 100_000, 100_000)),
            PipelineObserver.NONE);
    store.init(new MockProcessorContext<>().getStateStoreContext(), store);
    CustomerStore customers = new CustomerStore(store);
    live(customers, store);
    assertThat(heapHas(ERASED_BACKWARDS)).isTrue();
    erase(customers);
    store.commit(OFFSETS);
    customers.searchErased();
    store.commit(OFFSETS);
    customers.searchErased();
    assertThat(heapHas(KEPT_BACKWARDS)).isTrue();
    assertThat(heapHas(ERASED_BACKWARDS)).isFalse();
  }

  /** Customers of both kinds get deadlines that change often. */
  private static void live(CustomerStore customers, IndexedCustomers store) {
    Random random = new Random(7);
    for (int i = 0; i < 10 * CUSTOMERS; i++) {
      String id =
          id(random.nextBoolean() ? ERASED_BACKWARDS : KEPT_BACKWARDS, random.nextInt(CUSTOMERS));
      Customer customer = Customer.unknown(id, 1);
      customers.put(customers.get(id), customer, List.of(), random.nextInt(50) * HOUR + 1);
      if (i % 500 == 499) {
        customers.firstDueBefore(2 * HOUR).ifPresent(customers::take);
        customers.heap().tend();
        store.commit(OFFSETS);
      }
    }
  }

  private static void erase(CustomerStore customers) {
    for (int i = 0; i < CUSTOMERS; i++) {
      customers.get(id(ERASED_BACKWARDS, i)).ifPresent(customers::erase);
    }
  }

  private boolean heapHas(String backwards) throws IOException {
    Path dump = dir.resolve("heap.hprof");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(dump.toString(), true);
    byte[] searched =
        new StringBuilder(backwards).reverse().toString().getBytes(StandardCharsets.UTF_8);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(dump), 1 << 20)) {
      // The first byte occurs in no other place of what is searched.
      int matched = 0;
      for (int next = in.read(); next >= 0; next = in.read()) {
        matched = next == searched[matched] ? matched + 1 : next == searched[0] ? 1 : 0;
        if (matched == searched.length) {
          return true;
        }
      }
      return false;
    } finally {
      Files.delete(dump);
    }
  }
}
