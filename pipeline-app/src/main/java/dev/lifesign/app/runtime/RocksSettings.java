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
 * Settings of RocksDB, chosen by measurement. The process has one block cache and one limit for
 * write buffers. Memtables have 64 MiB, and a bloom filter in the store of customers, since most
 * customers that are looked up are not in the newest memtable. The bloom filters of files also
 * cover customers never seen, which Kafka Streams' {@code optimizeFiltersForHits} would leave out.
 * Indexes and filters of files stay in memory as a whole while the file is open, and not in the
 * cache: a lookup of a customer checks those of two to four files, and finding each of them in the
 * cache would take longer than checking it. They take few bytes per customer. Within a block, a key
 * is found by its hash.
 */
public final class RocksSettings implements RocksDBConfigSetter {

  /**
   * The size in bytes of the block cache of the process, including write buffers but not indexes
   * and filters.
   */
  static final String BLOCK_CACHE = "lifesign.rocksdb.block.cache.bytes";

  /** The part of the block cache in bytes that write buffers may take. */
  static final String WRITE_BUFFERS = "lifesign.rocksdb.write.buffers.bytes";

  private static final long MEMTABLE = 64L << 20;

  private static final long BLOCK = 8L << 10;

  /**
   * The cache has 2 to this power shards. Write buffers are charged to the cache in steps of a
   * quarter of a MiB; with many small shards, they would fill some of them and leave no room for
   * blocks.
   */
  private static final int SHARD_BITS = 4;

  /**
   * The share of a memtable for its bloom filter: a third of a MiB, or eight bits per customer in a
   * full memtable. It counts towards the write buffers of every partition, so a larger one would
   * cause earlier flushes.
   */
  private static final double MEMTABLE_BLOOM = 0.005;

  private static Shared shared;

  /**
   * Shared by the whole process and created with the first store, when RocksDB's library is loaded.
   */
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

  /** Creates the settings; Kafka Streams instantiates them by class name. */
  public RocksSettings() {}

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    Shared all = shared(configs);
    setFiles(options, all.cache());
    options.setWriteBufferManager(all.writeBuffers());
    options.setWriteBufferSize(Math.min(MEMTABLE, bytes(configs, WRITE_BUFFERS)));
    // A store has one writer at a time: its task, or the thread that restores it.
    options.setAllowConcurrentMemtableWrite(false);
    if (storeName.equals(Names.CUSTOMERS)) {
      options.setMemtableWholeKeyFiltering(true);
      options.setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM);
    }
  }

  /** Sets how files are written and read. */
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
    // The cache and the limit for write buffers belong to the process.
    StoreGauges.beginClose(options);
  }
}
