package dev.lifesign.core.scoring;

import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * How many there are in each bucket: counts that can be added, merged and taken away again. Kept in
 * blocks of neighbouring buckets, so that a store can keep them in few entries.
 */
final class BucketCounts {

  /** Buckets of a block. */
  static final int BLOCK = 64;

  private final NavigableMap<Long, long[]> blocks = new TreeMap<>();
  private long total;

  /** Takes counts bucket by bucket, ascending. */
  interface Visitor {
    /** Whether to go on. */
    boolean visit(long bucket, long count);
  }

  long total() {
    return total;
  }

  static long blockOf(long bucket) {
    return Math.floorDiv(bucket, (long) BLOCK);
  }

  void add(long bucket, long count) {
    total += count;
    blocks.computeIfAbsent(blockOf(bucket), any -> new long[BLOCK])[Math.floorMod(bucket, BLOCK)] +=
        count;
  }

  /** The counts of a block; empty if all are 0. */
  long[] block(long block) {
    long[] counts = blocks.get(block);
    if (counts == null || isEmpty(counts)) {
      blocks.remove(block);
      return new long[0];
    }
    return counts;
  }

  void addBlock(long block, long[] counts) {
    long[] known = blocks.computeIfAbsent(block, any -> new long[BLOCK]);
    for (int i = 0; i < counts.length; i++) {
      known[i] += counts[i];
      total += counts[i];
    }
  }

  void addAll(BucketCounts other) {
    other.blocks.forEach(this::addBlock);
  }

  /** Every block that is not empty. */
  Map<Long, long[]> blocks() {
    blocks.values().removeIf(BucketCounts::isEmpty);
    return blocks;
  }

  /** Drops the blocks of which every bucket lies before one. */
  void dropBefore(long bucket, LongConsumer dropped) {
    Iterator<Map.Entry<Long, long[]>> before =
        blocks.headMap(blockOf(bucket), false).entrySet().iterator();
    while (before.hasNext()) {
      Map.Entry<Long, long[]> block = before.next();
      for (long count : block.getValue()) {
        total -= count;
      }
      before.remove();
      dropped.accept(block.getKey());
    }
  }

  /**
   * Visits the buckets of a range that are not empty.
   *
   * @param from the first bucket
   * @param to the first bucket after the range
   */
  boolean visit(long from, long to, Visitor visitor) {
    for (Map.Entry<Long, long[]> block : blocks.tailMap(blockOf(from), true).entrySet()) {
      for (int i = 0; i < BLOCK; i++) {
        long bucket = block.getKey() * BLOCK + i;
        if (bucket >= to) {
          return true;
        }
        if (bucket >= from
            && block.getValue()[i] != 0
            && !visitor.visit(bucket, block.getValue()[i])) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isEmpty(long[] counts) {
    for (long count : counts) {
      if (count != 0) {
        return false;
      }
    }
    return true;
  }
}
