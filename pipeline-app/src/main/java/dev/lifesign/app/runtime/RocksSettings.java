package dev.lifesign.app.runtime;

import dev.lifesign.core.streams.PipelineTopology;
import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.IndexType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * RocksDB as measured to serve: one block cache and one bound of write buffers for the whole
 * process; memtables of 64 MiB, with a bloom filter where customers are looked up, most of whom are
 * not in the newest; bloom filters of files that also answer for customers never seen, which Kafka
 * Streams' {@code optimizeFiltersForHits} would leave out. Indexes and filters of files are in
 * pieces, and stay in the cache before customers do: whole, they are MiBs, which a cache that write
 * buffers leave little of would drop and read again for every customer.
 */
public final class RocksSettings implements RocksDBConfigSetter {

  /** Bytes of the block cache of the process, write buffers included. */
  static final String BLOCK_CACHE = "lifesign.rocksdb.block.cache.bytes";

  /** Bytes of it that write buffers may take. */
  static final String WRITE_BUFFERS = "lifesign.rocksdb.write.buffers.bytes";

  private static final long MEMTABLE = 64L << 20;

  private static final long BLOCK = 8L << 10;

  /** Of the pieces of an index or a filter. */
  private static final long METADATA_BLOCK = 4L << 10;

  /**
   * Shards of the cache are 2 to this: write buffers are charged to it by quarters of a MiB, which
   * would fill some of many small shards, and leave their blocks no room.
   */
  private static final int SHARD_BITS = 4;

  /** What indexes and filters may have of the cache before other blocks have it. */
  private static final double METADATA_SHARE = 0.5;

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
    return new LRUCache(bytes, SHARD_BITS, false, METADATA_SHARE);
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
    if (storeName.equals(PipelineTopology.CUSTOMERS)) {
      options.setMemtableWholeKeyFiltering(true);
      options.setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM);
    }
  }

  /** How files are written and read. */
  static void setFiles(Options options, Cache cache) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(cache);
    table.setBlockSize(BLOCK);
    table.setCacheIndexAndFilterBlocks(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    table.setIndexType(IndexType.kTwoLevelIndexSearch);
    table.setPartitionFilters(true);
    table.setMetadataBlockSize(METADATA_BLOCK);
    table.setPinTopLevelIndexAndFilter(true);
    options.setTableFormatConfig(table);
    options.setOptimizeFiltersForHits(false);
    options.setCompressionType(CompressionType.LZ4_COMPRESSION);
    options.setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION);
  }

  @Override
  public void close(String storeName, Options options) {
    // The cache and the bound of write buffers belong to the process.
  }
}
