package dev.lifesign.core.scoring;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How many there are in each bucket: counts that can be added, merged and taken away again. Kept in
 * blocks of neighbouring buckets, so that a store can keep them in few entries.
 */
final class BucketCounts {

  /** Buckets of a block. */
  static final int BLOCK = 64;

  /** How many blocks are found without a search. */
  private static final int HOT = 16;

  private final NavigableMap<Long, long[]> blocks = new TreeMap<>();
  private long total;

  /** Blocks that were counted in last, each in the place of its number. */
  private final long[][] hot = new long[HOT][];

  private final long[] hotNumbers = new long[HOT];

  /** Takes counts bucket by bucket, ascending. */
  interface Visitor {
    /** Whether to go on. */
    boolean visit(long bucket, long count);
  }

  /** Takes what is counted of a bucket no more. */
  interface Drained {
    /** So many of that bucket. */
    void accept(long bucket, long count);
  }

  long total() {
    return total;
  }

  static long blockOf(long bucket) {
    return Math.floorDiv(bucket, (long) BLOCK);
  }

  void add(long bucket, long count) {
    total += count;
    counts(blockOf(bucket))[Math.floorMod(bucket, BLOCK)] += count;
  }

  private long[] counts(long block) {
    int place = Math.floorMod(block, HOT);
    long[] counts = hot[place];
    if (counts == null || hotNumbers[place] != block) {
      counts = blocks.computeIfAbsent(block, any -> new long[BLOCK]);
      hot[place] = counts;
      hotNumbers[place] = block;
    }
    return counts;
  }

  /** The counts of a block; empty if all are 0. */
  long[] block(long block) {
    long[] counts = blocks.get(block);
    if (counts == null || isEmpty(counts)) {
      blocks.remove(block);
      Arrays.fill(hot, null);
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
    Arrays.fill(hot, null);
    return blocks;
  }

  /** Takes away what is counted in the buckets before one, and gives it bucket by bucket. */
  void drainBefore(long end, Drained drained) {
    for (Map.Entry<Long, long[]> block : blocks.headMap(blockOf(end), true).entrySet()) {
      long[] counts = block.getValue();
      for (int i = 0; i < BLOCK && block.getKey() * BLOCK + i < end; i++) {
        if (counts[i] != 0) {
          long count = counts[i];
          counts[i] = 0;
          total -= count;
          drained.accept(block.getKey() * BLOCK + i, count);
        }
      }
    }
  }

  /** Visits the buckets that are not empty, ascending; whether the visitor would go on. */
  boolean visit(Visitor visitor) {
    for (Map.Entry<Long, long[]> block : blocks.entrySet()) {
      for (int i = 0; i < BLOCK; i++) {
        if (block.getValue()[i] != 0
            && !visitor.visit(block.getKey() * BLOCK + i, block.getValue()[i])) {
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
