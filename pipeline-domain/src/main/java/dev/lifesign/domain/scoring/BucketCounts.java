package dev.lifesign.domain.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Counts per bucket that can be added, merged and subtracted. Grouped in blocks of neighbouring
 * buckets, so that a store needs few entries.
 */
final class BucketCounts {

  /** Buckets per block. */
  static final int BLOCK = 64;

  /** How many blocks can be found without a search. */
  private static final int HOT = 16;

  private final NavigableMap<Long, Block> blocks = new TreeMap<>();
  private long total;

  /** Recently used blocks, each at the index given by its number. */
  private final Block[] hot = new Block[HOT];

  /** Changed blocks, in the order of their first change. */
  private final List<Block> changed = new ArrayList<>();

  /** The counts of neighbouring buckets. */
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

  /** Receives counts bucket by bucket, ascending. */
  interface Visitor {
    /** Whether to continue. */
    boolean visit(long bucket, long count);
  }

  /** Receives counts that were removed. */
  interface Drained {
    /** This many were removed from the bucket. */
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
    int index = Math.floorMod(number, HOT);
    Block block = hot[index];
    if (block == null || block.number != number) {
      block = blocks.computeIfAbsent(number, Block::new);
      hot[index] = block;
    }
    return block;
  }

  private void hasChanged(Block block) {
    if (!block.changed) {
      block.changed = true;
      changed.add(block);
    }
  }

  /** Whether counts have changed since {@link #takeChanged}. */
  boolean hasChanged() {
    return !changed.isEmpty();
  }

  /** Passes on each block that has changed since the last call; without counts if all are 0. */
  void takeChanged(BiConsumer<Long, long[]> consumer) {
    for (Block block : changed) {
      block.changed = false;
      boolean empty = block.isEmpty();
      if (empty) {
        blocks.remove(block.number, block);
      }
      consumer.accept(block.number, empty ? new long[0] : block.counts);
    }
    changed.clear();
    Arrays.fill(hot, null);
  }

  /** Adds stored counts, or those of another partition, without marking the block as changed. */
  void addBlock(long number, long[] counts) {
    long[] known = blocks.computeIfAbsent(number, Block::new).counts;
    for (int i = 0; i < counts.length; i++) {
      known[i] += counts[i];
      total += counts[i];
    }
  }

  /** Passes on each block that is not empty, ascending. */
  void forEachBlock(BiConsumer<Long, long[]> consumer) {
    blocks.values().removeIf(Block::isEmpty);
    Arrays.fill(hot, null);
    blocks.forEach((number, block) -> consumer.accept(number, block.counts));
  }

  /** Removes the counts of all buckets before {@code end}, and passes them on bucket by bucket. */
  void drainBefore(long end, Drained drained) {
    Iterator<Block> before = blocks.headMap(blockOf(end), true).values().iterator();
    while (before.hasNext()) {
      Block block = before.next();
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
      if (first + BLOCK <= end) {
        before.remove();
      }
    }
    Arrays.fill(hot, null);
  }

  /** Visits the buckets that are not empty, ascending; true unless the visitor stopped. */
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
