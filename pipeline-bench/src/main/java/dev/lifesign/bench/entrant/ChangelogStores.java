package dev.lifesign.bench.entrant;

import dev.lifesign.app.runtime.RocksSettings;
import dev.lifesign.core.contract.Names;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompactionStyle;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * One RocksDB per partition of a changelog, opened and filled as Kafka Streams does it: the records
 * of a partition from one poll are one batch, without a write-ahead log.
 */
final class ChangelogStores implements AutoCloseable {

  static {
    RocksDB.loadLibrary();
  }

  private static final int MEMTABLES = 3;

  private final Path dir;
  private final Map<String, Object> configs = new HashMap<>();
  private final Map<TopicPartition, RocksDB> stores = new HashMap<>();
  private final Map<TopicPartition, Options> options = new HashMap<>();
  private final WriteOptions writing = new WriteOptions().setDisableWAL(true);

  /**
   * Creates an empty set of stores.
   *
   * @param properties the properties of Kafka Streams, with the memory limits
   */
  ChangelogStores(EntrantRun run, Properties properties) {
    dir = run.dir().resolve("stores");
    properties.forEach((name, value) -> configs.put((String) name, value));
  }

  /** Puts the records of a poll. */
  void put(ConsumerRecords<byte[], byte[]> records) {
    try {
      for (TopicPartition partition : records.partitions()) {
        RocksDB store = stores.computeIfAbsent(partition, this::open);
        try (WriteBatch batch = new WriteBatch()) {
          for (ConsumerRecord<byte[], byte[]> each : records.records(partition)) {
            if (each.value() == null) {
              batch.delete(each.key());
            } else {
              batch.put(each.key(), each.value());
            }
          }
          store.write(writing, batch);
        }
      }
    } catch (RocksDBException e) {
      throw new IllegalStateException("The stores under " + dir + " cannot be written", e);
    }
  }

  private RocksDB open(TopicPartition partition) {
    Options of = new Options();
    of.setTableFormatConfig(new BlockBasedTableConfig().setFilterPolicy(new BloomFilter()));
    of.setCompactionStyle(CompactionStyle.UNIVERSAL);
    of.setMaxWriteBufferNumber(MEMTABLES);
    of.setCreateIfMissing(true);
    of.setInfoLogLevel(InfoLogLevel.ERROR_LEVEL);
    of.setIncreaseParallelism(Math.max(Runtime.getRuntime().availableProcessors(), 2));
    new RocksSettings().setConfig(storeName(partition), of, configs);
    options.put(partition, of);
    Path path = dir.resolve(partition.toString());
    try {
      Files.createDirectories(path);
      return RocksDB.open(of, path.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RocksDBException e) {
      throw new IllegalStateException("The store " + path + " cannot be opened", e);
    }
  }

  /** The store of a partition; stores of customers have their own settings. */
  private static String storeName(TopicPartition partition) {
    return partition.topic().contains("-" + Names.CUSTOMERS + "-changelog")
        ? Names.CUSTOMERS
        : partition.topic();
  }

  @Override
  public void close() {
    stores.values().forEach(RocksDB::close);
    options.values().forEach(Options::close);
    writing.close();
  }
}
