package dev.lifesign.lab.backtest;

import dev.lifesign.domain.customer.RecentEvents;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.lab.file.Folders;
import dev.lifesign.lab.file.Line;
import dev.lifesign.lab.fit.Buyer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * The events of a file, distributed by customer over smaller files, so that a part of the customers
 * can be replayed with all their events in memory, whatever the size of the file and the order of
 * its lines. Customers are ordered by a hash; over all shards the order is the same, however many
 * shards there are.
 */
final class Shards implements AutoCloseable {

  /**
   * The approximate size of a shard: small enough to be read at random from a processor's cache.
   */
  private static final long BYTES = 1L << 20;

  private static final int FEWEST = 8;
  private static final int MOST = 256;

  private final Path folder;
  private final List<Shard> shards = new ArrayList<>();

  /** Shards for a file of this many bytes. */
  Shards(long size) {
    try {
      folder = Files.createTempDirectory("lifesign-backtest");
    } catch (IOException e) {
      throw Shard.failed(e);
    }
    long count = Math.min(MOST, FEWEST + size / BYTES);
    for (int i = 0; i < count; i++) {
      shards.add(new Shard(folder.resolve("shard-" + i)));
    }
  }

  int count() {
    return shards.size();
  }

  /** Encodes the lines that are events; from any thread. */
  ShardBlock block(List<Line> batch) {
    return ShardBlock.of(batch, shards.size(), this::shard);
  }

  /** Adds encoded lines; from one thread. */
  void add(ShardBlock block) {
    for (int i = 0; i < shards.size(); i++) {
      shards.get(i).add(block.bytes(), block.begin(i), block.end(i));
    }
  }

  private int shard(String customer) {
    return (int) (((place(customer) >>> Integer.SIZE) * shards.size()) >>> Integer.SIZE);
  }

  /**
   * A customer's place in the order of all customers, unsigned: the finalizer of MurmurHash3, 64
   * bits.
   */
  static long place(String customer) {
    long hash = RecentEvents.hash(customer);
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }

  /** Ends the adding of events. */
  void finish() {
    shards.forEach(Shard::finish);
  }

  /**
   * The customers of a shard, each with its accepted events in order of arrival. Different threads
   * may read different shards.
   */
  Stream<List<Shard.Arrived>> customers(int shard) {
    return shards.get(shard).customers();
  }

  /** The purchases of the same customers, in the same order; see {@link Shard#buyers}. */
  Stream<Buyer> buyers(int shard, Policy policy, long end, LongConsumer accepted) {
    return shards.get(shard).buyers(policy, end, accepted);
  }

  @Override
  public void close() {
    try {
      finish();
    } finally {
      Folders.delete(folder);
    }
  }
}
