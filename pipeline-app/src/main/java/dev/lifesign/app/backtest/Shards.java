package dev.lifesign.app.backtest;

import dev.lifesign.app.file.Line;
import dev.lifesign.app.fit.Buyer;
import dev.lifesign.app.runtime.Folders;
import dev.lifesign.core.customer.RecentEvents;
import dev.lifesign.core.policy.Currencies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * The events of a file, shared out by customer to files of their own, so that a part of the
 * customers can be played with all that they did at hand, whatever the size of the whole and the
 * order of its lines. Customers are in an order of their own, which is that of a hash: shard by
 * shard it is the same, however many shards there are.
 */
final class Shards implements AutoCloseable {

  /** What a shard holds of a file, about: what is read of it at random finds room in a cache. */
  private static final long BYTES = 1L << 20;

  private static final int FEWEST = 8;
  private static final int MOST = 256;

  private final Path folder;
  private final List<Shard> shards = new ArrayList<>();

  /** Shards for a file of so many bytes. */
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

  /** Makes bytes of the lines that are events, by whichever thread. */
  Parcel parcel(List<Line> batch) {
    return Parcel.of(batch, shards.size(), this::shard);
  }

  /** Adds what some lines told; for one thread. */
  void add(Parcel parcel) {
    for (int i = 0; i < shards.size(); i++) {
      shards.get(i).add(parcel.bytes(), parcel.begin(i), parcel.end(i));
    }
  }

  private int shard(String customer) {
    return (int) (((place(customer) >>> Integer.SIZE) * shards.size()) >>> Integer.SIZE);
  }

  /** Where a customer is in the order of all, unsigned: the finalizer of MurmurHash3, 64 bits. */
  static long place(String customer) {
    long hash = RecentEvents.hash(customer);
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }

  /** Nothing more is added. */
  void finish() {
    shards.forEach(Shard::finish);
  }

  /**
   * The customers of a shard, each with what it did that is accepted, in the order of arrival. Each
   * shard can be asked for by another thread.
   */
  Stream<List<Shard.Arrived>> customers(int shard) {
    return shards.get(shard).customers();
  }

  /** What the same customers bought, in the same order, as {@link Shard#buyers} has it. */
  Stream<Buyer> buyers(int shard, Currencies currencies, long end, LongConsumer accepted) {
    return shards.get(shard).buyers(currencies, end, accepted);
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
