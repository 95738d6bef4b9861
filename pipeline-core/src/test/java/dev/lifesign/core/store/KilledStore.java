package dev.lifesign.core.store;

import dev.lifesign.core.codec.DeadlineKey;
import dev.lifesign.core.codec.StoredCustomer;
import dev.lifesign.core.contract.HeapBudget;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.domain.customer.Customer;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.apache.kafka.streams.state.Stores;
import org.rocksdb.Options;

/**
 * A process that keeps customers in a store of at-least-once processing and dies: nothing is
 * closed, and of the changelog there is what its producer had sent until then.
 */
final class KilledStore {

  static final int EXIT_CODE = 9;
  static final TopicPartition CHANGELOG = new TopicPartition("customers-changelog", 0);

  private static final int CUSTOMERS = 2_000;

  /** One of so many steps erases a customer. */
  private static final int ERASED_ONE_IN = 50;

  /** The length of a value that was deleted. */
  private static final int DELETED = -1;

  private final Random random;
  private final Path changelog;
  private final List<KeyValue<byte[], byte[]>> unsent = new ArrayList<>();
  private final IndexedCustomers store;
  private final CustomerStore customers;
  private long sent;

  /** Has RocksDB flush often. */
  public static final class TinyMemtables implements RocksDBConfigSetter {
    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
      options.setWriteBufferSize(64 << 10);
    }

    @Override
    public void close(String storeName, Options options) {
      // Nothing was made.
    }
  }

  private KilledStore(Path dir, long seed) {
    random = new Random(seed);
    changelog = dir.resolve("changelog");
    store =
        open(
            dir,
            Stores.persistentKeyValueStore("customers").get(),
            20_000 + random.nextInt(300_000));
    customers = new CustomerStore(new WatchedStore(store, this::log));
  }

  /** The store in a folder. */
  static IndexedCustomers open(Path dir, KeyValueStore<Bytes, byte[]> inner, int budget) {
    IndexedCustomers store =
        new IndexedCustomers(
            inner,
            CustomersInHeap.Shares.of(new HeapBudget(budget, budget / 4, budget / 4)),
            PipelineObserver.NONE);
    store.init(context(dir), store);
    return store;
  }

  /** What Kafka Streams gives to a store whose task is in a folder. */
  static StateStoreContext context(Path dir) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "killed");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, TinyMemtables.class.getName());
    return new MockProcessorContext<>(properties, new TaskId(0, 0), dir.resolve("task").toFile())
        .getStateStoreContext();
  }

  public static void main(String[] args) throws IOException {
    new KilledStore(Path.of(args[0]), Long.parseLong(args[1])).run();
  }

  private void run() throws IOException {
    int steps = 5_000 + random.nextInt(40_000);
    for (int step = 0; step < steps; step++) {
      if (random.nextInt(3) == 0) {
        fire(step);
      } else {
        String id = "customer-" + random.nextInt(CUSTOMERS);
        Optional<StoredCustomer> known = customers.get(id);
        if (known.isPresent() && random.nextInt(ERASED_ONE_IN) == 0) {
          customers.erase(known.get());
        } else {
          keep(known, id, step);
        }
      }
      if (random.nextInt(1_000) == 0) {
        send(random.nextInt(unsent.size() + 1));
      }
      if (random.nextInt(5_000) == 0) {
        send(unsent.size());
        store.commit(Map.of(CHANGELOG, sent - 1));
      }
    }
    Runtime.getRuntime().halt(EXIT_CODE);
  }

  private void fire(int now) {
    Optional<DeadlineKey> due = customers.firstDueBefore(now);
    due.flatMap(customers::take)
        .ifPresent(stored -> keep(Optional.of(stored), due.get().customerId(), now));
  }

  private void keep(Optional<StoredCustomer> before, String id, int now) {
    int version = before.map(stored -> stored.customer().policyVersion() + 1).orElse(1);
    customers.put(before, Customer.unknown(id, version), List.of(), now + random.nextInt(30_000));
  }

  private void log(Bytes key, byte[] value) {
    unsent.add(KeyValue.pair(key.get(), value));
  }

  private void send(int count) throws IOException {
    List<KeyValue<byte[], byte[]>> first = unsent.subList(0, count);
    try (OutputStream file =
            Files.newOutputStream(changelog, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        DataOutputStream out = new DataOutputStream(file)) {
      for (KeyValue<byte[], byte[]> record : first) {
        out.writeInt(record.key.length);
        out.write(record.key);
        out.writeInt(record.value == null ? DELETED : record.value.length);
        out.write(record.value == null ? new byte[0] : record.value);
      }
    }
    sent += count;
    first.clear();
  }

  /** What was sent in a folder. */
  static List<KeyValue<byte[], byte[]>> changelog(Path dir) {
    List<KeyValue<byte[], byte[]>> records = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(
            new ByteArrayInputStream(Files.readAllBytes(dir.resolve("changelog"))))) {
      while (in.available() > 0) {
        byte[] key = in.readNBytes(in.readInt());
        int length = in.readInt();
        records.add(KeyValue.pair(key, length == DELETED ? null : in.readNBytes(length)));
      }
    } catch (EOFException e) {
      throw new IllegalStateException("A record is cut off", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return records;
  }
}
