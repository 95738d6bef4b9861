package dev.lifesign.core.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * How many there are in each bucket: counts that can be added, merged and taken away again. Kept in
 * blocks of neighbouring buckets, so that a store can keep them in few entries.
 */
final class BucketCounts {

  /** Buckets of a block. */
  static final int BLOCK = 64;

  /** How many blocks are found without a search. */
  private static final int HOT = 16;

  private final NavigableMap<Long, Block> blocks = new TreeMap<>();
  private long total;

  /** Blocks that were counted in last, each in the place of its number. */
  private final Block[] hot = new Block[HOT];

  /** Blocks that have changed, in the order in which they did first. */
  private final List<Block> changed = new ArrayList<>();

  /** Counts of neighbouring buckets. */
  private static final class Block {
    private final long number;
    private final long[] counts = new long[BLOCK];
    private boolean changed;

    Block(long number) {
      this.number = number;
    }

    boolean isEmpty() {
      for (long count : counts) {
        if (count != 0) {
          return false;
        }
      }
      return true;
    }
  }

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
    Block block = hot(blockOf(bucket));
    block.counts[Math.floorMod(bucket, BLOCK)] += count;
    hasChanged(block);
  }

  private Block hot(long number) {
    int place = Math.floorMod(number, HOT);
    Block block = hot[place];
    if (block == null || block.number != number) {
      block = blocks.computeIfAbsent(number, Block::new);
      hot[place] = block;
    }
    return block;
  }

  private void hasChanged(Block block) {
    if (!block.changed) {
      block.changed = true;
      changed.add(block);
    }
  }

  /** Whether something was counted in or drained since {@link #takeChanged}. */
  boolean hasChanged() {
    return !changed.isEmpty();
  }

  /** Gives each block that has changed since this was asked last; no counts if all are 0. */
  void takeChanged(BiConsumer<Long, long[]> taker) {
    for (Block block : changed) {
      block.changed = false;
      boolean empty = block.isEmpty();
      if (empty) {
        blocks.remove(block.number, block);
      }
      taker.accept(block.number, empty ? new long[0] : block.counts);
    }
    changed.clear();
    Arrays.fill(hot, null);
  }

  /** Adds counts to a block, which is not changed by it: they were kept or counted elsewhere. */
  void addBlock(long number, long[] counts) {
    long[] known = blocks.computeIfAbsent(number, Block::new).counts;
    for (int i = 0; i < counts.length; i++) {
      known[i] += counts[i];
      total += counts[i];
    }
  }

  /** Takes each block that is not empty, ascending. */
  void forEachBlock(BiConsumer<Long, long[]> taker) {
    blocks.values().removeIf(Block::isEmpty);
    Arrays.fill(hot, null);
    blocks.forEach((number, block) -> taker.accept(number, block.counts));
  }

  /** Takes away what is counted in the buckets before one, and gives it bucket by bucket. */
  void drainBefore(long end, Drained drained) {
    for (Block block : blocks.headMap(blockOf(end), true).values()) {
      long first = block.number * BLOCK;
      for (int i = 0; i < BLOCK && first + i < end; i++) {
        long count = block.counts[i];
        if (count != 0) {
          block.counts[i] = 0;
          total -= count;
          hasChanged(block);
          drained.accept(first + i, count);
        }
      }
    }
  }

  /** Visits the buckets that are not empty, ascending; whether the visitor would go on. */
  boolean visit(Visitor visitor) {
    for (Block block : blocks.values()) {
      for (int i = 0; i < BLOCK; i++) {
        if (block.counts[i] != 0 && !visitor.visit(block.number * BLOCK + i, block.counts[i])) {
          return false;
        }
      }
    }
    return true;
  }
}
