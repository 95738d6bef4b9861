package dev.lifesign.app.runtime;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * RocksDB as measured to serve: one block cache and one bound of write buffers for the whole
 * process; memtables of 64 MiB; bloom filters that also answer for customers never seen, which
 * Kafka Streams' {@code optimizeFiltersForHits} would leave out.
 */
public final class RocksSettings implements RocksDBConfigSetter {

  private static final long MEBIBYTE = 1024L * 1024;
  private static final long CACHE = 256 * MEBIBYTE;
  private static final long WRITE_BUFFERS = 192 * MEBIBYTE;

  /** Made with the first store, when RocksDB's library is loaded. */
  private static final class Shared {
    static final Cache CACHE_OF_ALL = new LRUCache(CACHE);
    static final WriteBufferManager WRITE_BUFFERS_OF_ALL =
        new WriteBufferManager(WRITE_BUFFERS, CACHE_OF_ALL);
  }

  /** For configuration by class name. */
  public RocksSettings() {}

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(Shared.CACHE_OF_ALL);
    table.setCacheIndexAndFilterBlocks(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(Shared.WRITE_BUFFERS_OF_ALL);
    options.setWriteBufferSize(64 * MEBIBYTE);
    options.setOptimizeFiltersForHits(false);
  }

  @Override
  public void close(String storeName, Options options) {
    // The cache and the bound of write buffers belong to the process.
  }
}
