package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;

/** Tests the cost of looking up a customer in bytes, not in time. */
class RocksSettingsTest {

  private static final int CUSTOMERS = 1_000_000;
  private static final int LOOKS = 2_000;

  /** Ten bits in the filter per customer, and a key in the index per block of customers. */
  private static final int BYTES_A_CUSTOMER = 2;

  /** Smaller than the filter of the customers. */
  private static final long CACHE = 1L << 20;

  @TempDir Path dir;

  static {
    RocksDB.loadLibrary();
  }

  @Test
  void aLookAtACustomerReadsNothingOfFiltersAndIndexesWhichTakeFewBytesACustomer()
      throws RocksDBException {
    try (Statistics statistics = new Statistics();
        Cache cache = RocksSettings.cache(CACHE);
        BloomFilter filter = new BloomFilter();
        Options options = new Options()) {
      BlockBasedTableConfig table = new BlockBasedTableConfig();
      table.setFilterPolicy(filter);
      options.setTableFormatConfig(table);
      options.setCreateIfMissing(true);
      options.setStatistics(statistics);
      RocksSettings.setFiles(options, cache);
      try (RocksDB store = RocksDB.open(options, dir.toString());
          FlushOptions flush = new FlushOptions()) {
        for (int i = 0; i < CUSTOMERS; i++) {
          store.put(key(i), key(i));
        }
        store.flush(flush);
        for (int i = 0; i < LOOKS; i++) {
          int customer = (int) (i * 7_919L % CUSTOMERS);
          assertThat(store.get(key(customer))).isEqualTo(key(customer));
        }
        assertThat(inserted(statistics)).isZero();
        assertThat(store.getLongProperty("rocksdb.estimate-table-readers-mem"))
            .isBetween((long) CUSTOMERS, (long) BYTES_A_CUSTOMER * CUSTOMERS);
      }
    }
  }

  private static byte[] key(int customer) {
    return "customer-%08d".formatted(customer).getBytes(StandardCharsets.UTF_8);
  }

  private static long inserted(Statistics statistics) {
    return statistics.getTickerCount(TickerType.BLOCK_CACHE_FILTER_BYTES_INSERT)
        + statistics.getTickerCount(TickerType.BLOCK_CACHE_INDEX_BYTES_INSERT);
  }
}
