package dev.lifesign.app.runtime;

import dev.lifesign.core.contract.Names;
import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * RocksDB as measured to serve: one block cache and one bound of write buffers for the whole
 * process; memtables of 64 MiB, with a bloom filter where customers are looked up, most of whom are
 * not in the newest; bloom filters of files that also answer for customers never seen, which Kafka
 * Streams' {@code optimizeFiltersForHits} would leave out. Indexes and filters of files are in
 * memory, whole, as long as the file is open, and not in the cache: a look at a customer asks those
 * of two to four files, and to find each in the cache would take longer than to ask it. They are
 * few bytes a customer. Within a block a key is found by its hash.
 */
public final class RocksSettings implements RocksDBConfigSetter {

  /** Bytes of the block cache of the process, write buffers included, indexes and filters not. */
  static final String BLOCK_CACHE = "lifesign.rocksdb.block.cache.bytes";

  /** Bytes of it that write buffers may take. */
  static final String WRITE_BUFFERS = "lifesign.rocksdb.write.buffers.bytes";

  private static final long MEMTABLE = 64L << 20;

  private static final long BLOCK = 8L << 10;

  /**
   * Shards of the cache are 2 to this: write buffers are charged to it by quarters of a MiB, which
   * would fill some of many small shards, and leave their blocks no room.
   */
  private static final int SHARD_BITS = 4;

  /**
   * Of a memtable: a third of a MiB, eight bits for each customer that a full one holds. It counts
   * among the write buffers of every partition, so that more would flush those that have many.
   */
  private static final double MEMTABLE_BLOOM = 0.005;

  private static Shared shared;

  /** Of the whole process, made with the first store, when RocksDB's library is loaded. */
  private record Shared(Cache cache, WriteBufferManager writeBuffers) {}

  private static synchronized Shared shared(Map<String, Object> configs) {
    if (shared == null) {
      Cache cache = cache(bytes(configs, BLOCK_CACHE));
      shared = new Shared(cache, new WriteBufferManager(bytes(configs, WRITE_BUFFERS), cache));
    }
    return shared;
  }

  static Cache cache(long bytes) {
    return new LRUCache(bytes, SHARD_BITS);
  }

  private static long bytes(Map<String, Object> configs, String name) {
    return ((Number) configs.get(name)).longValue();
  }

  /** For configuration by class name. */
  public RocksSettings() {}

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    Shared all = shared(configs);
    setFiles(options, all.cache());
    options.setWriteBufferManager(all.writeBuffers());
    options.setWriteBufferSize(Math.min(MEMTABLE, bytes(configs, WRITE_BUFFERS)));
    // A store has one writer at a time: its task, or who restores it.
    options.setAllowConcurrentMemtableWrite(false);
    if (storeName.equals(Names.CUSTOMERS)) {
      options.setMemtableWholeKeyFiltering(true);
      options.setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM);
    }
  }

  /** How files are written and read. */
  static void setFiles(Options options, Cache cache) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(cache);
    table.setBlockSize(BLOCK);
    table.setCacheIndexAndFilterBlocks(false);
    table.setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash);
    options.setTableFormatConfig(table);
    options.setOptimizeFiltersForHits(false);
    options.setCompressionType(CompressionType.LZ4_COMPRESSION);
    options.setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION);
  }

  @Override
  public void close(String storeName, Options options) {
    // The cache and the bound of write buffers belong to the process.
    StoreGauges.beginClose(options);
  }
}
