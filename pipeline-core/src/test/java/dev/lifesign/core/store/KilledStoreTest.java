package dev.lifesign.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.codec.CustomerCodec;
import dev.lifesign.core.codec.DeadlineKey;
import dev.lifesign.domain.time.Instants;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a killed process leaves on disk, read again as at-least-once processing reads it. */
class KilledStoreTest {

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void afterAKillEveryArmedCustomerHasItsEntry(long seed) throws Exception {
    kill(seed);
    List<KeyValue<byte[], byte[]>> changelog = KilledStore.changelog(dir);
    KeyValueStore<Bytes, byte[]> inner = Stores.persistentKeyValueStore("customers").get();
    IndexedCustomers store = KilledStore.open(dir, inner, 1_000_000);
    try {
      Long offset = store.committedOffset(KilledStore.CHANGELOG);
      store.restore(changelog.subList(offset == null ? 0 : (int) (offset + 1), changelog.size()));
      Map<String, byte[]> customers = new TreeMap<>();
      List<DeadlineKey> armed = new ArrayList<>();
      try (KeyValueIterator<Bytes, byte[]> all = store.range(null, CustomerKey.AFTER_ALL)) {
        while (all.hasNext()) {
          KeyValue<Bytes, byte[]> customer = all.next();
          String id = new String(customer.key.get(), StandardCharsets.UTF_8);
          customers.put(id, customer.value);
          long due = CustomerCodec.armed(id, customer.value);
          if (due != Instants.FOREVER) {
            armed.add(new DeadlineKey(due, id));
          }
        }
      }
      // The brokers have all that the store has: nothing is applied that nobody was told of.
      Map<String, byte[]> told = new TreeMap<>();
      changelog.forEach(
          record -> {
            String id = new String(record.key, StandardCharsets.UTF_8);
            if (record.value == null) {
              told.remove(id);
            } else {
              told.put(id, record.value);
            }
          });
      assertThat(customers.keySet()).isEqualTo(told.keySet());
      customers.forEach((id, bytes) -> assertThat(bytes).as(id).isEqualTo(told.get(id)));
      assertThat(armed).hasSizeGreaterThan(1_000);
      assertThat(armed).allMatch(entry -> inner.get(entry.toBytes()) != null);
    } finally {
      store.close();
    }
  }

  private void kill(long seed) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                KilledStore.class.getName(),
                dir.toString(),
                String.valueOf(seed))
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("output").toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue())
          .as(() -> "its output is in " + dir.resolve("output"))
          .isEqualTo(KilledStore.EXIT_CODE);
    } finally {
      process.destroyForcibly();
    }
  }
}
