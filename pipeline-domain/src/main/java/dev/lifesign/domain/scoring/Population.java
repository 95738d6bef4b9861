package dev.lifesign.domain.scoring;

import dev.lifesign.domain.scoring.PopulationBlock.Dimension;
import dev.lifesign.domain.time.Instants;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Counts the customers with a transaction in the window by recency, orders and money, so that their
 * quintiles are available at any time. Adding or removing a customer takes constant time, and the
 * counts of partitions can be added up. A cut point is never below the exact one, and exceeds it by
 * less than a hundredth of the value; for recency, by less than a hundredth of the age or a minute,
 * whichever is longer.
 */
public final class Population {

  private static final long MINUTES_FOR = 5 * Instants.DAY;
  private static final long UNCOUNTED = Long.MIN_VALUE;
  private static final Dimension[] DIMENSIONS = Dimension.values();
  private static final int[] PERCENTS = {18, 20, 22, 38, 40, 42, 58, 60, 62, 78, 80, 82};

  private final Map<Dimension, BucketCounts> counts = new EnumMap<>(Dimension.class);

  /** Transactions from this instant on are counted by the minute, earlier ones by the hour. */
  private long minutesFrom = Instants.NEVER;

  /** An empty population. */
  public Population() {
    for (Dimension dimension : DIMENSIONS) {
      counts.put(dimension, new BucketCounts());
    }
  }

  /** The number of customers counted. */
  public long customers() {
    return counts.get(Dimension.ORDERS).total();
  }

  /**
   * Replaces a customer's counts.
   *
   * @param before the customer as counted so far; empty if it was not
   * @param after the customer as counted from now on; empty if it is not
   */
  public void replace(Optional<PopulationMember> before, Optional<PopulationMember> after) {
    if (before.equals(after)) {
      return;
    }
    for (Dimension dimension : DIMENSIONS) {
      long old = before.isEmpty() ? UNCOUNTED : bucket(dimension, before.get());
      long now = after.isEmpty() ? UNCOUNTED : bucket(dimension, after.get());
      if (old != now) {
        BucketCounts of = counts.get(dimension);
        move(of, old, -1);
        move(of, now, 1);
      }
    }
  }

  private static void move(BucketCounts counts, long bucket, long count) {
    if (bucket != UNCOUNTED) {
      counts.add(bucket, count);
    }
  }

  /**
   * A customer's bucket in a dimension; UNCOUNTED in the recency dimension that does not apply to
   * it.
   */
  private long bucket(Dimension dimension, PopulationMember member) {
    return switch (dimension) {
      case RECENCY_MINUTES -> recency(dimension, member, member.lastTransaction() >= minutesFrom);
      case RECENCY_HOURS -> recency(dimension, member, member.lastTransaction() < minutesFrom);
      case ORDERS -> MagnitudeBuckets.of(member.orders());
      case MONEY -> MagnitudeBuckets.of(member.net());
    };
  }

  private static long recency(Dimension dimension, PopulationMember member, boolean applies) {
    return applies ? Math.floorDiv(member.lastTransaction(), dimension.width()) : UNCOUNTED;
  }

  /**
   * Moves transactions that have become old from minutes to hours.
   *
   * @param at the current instant; an earlier one than before has no effect
   */
  public void coarsen(long at) {
    long hour = Dimension.RECENCY_HOURS.width();
    long minute = Dimension.RECENCY_MINUTES.width();
    long from = Math.floorDiv(at - MINUTES_FOR, hour) * hour;
    if (from <= minutesFrom) {
      return;
    }
    minutesFrom = from;
    BucketCounts hours = counts.get(Dimension.RECENCY_HOURS);
    counts
        .get(Dimension.RECENCY_MINUTES)
        .drainBefore(
            from / minute,
            (bucket, count) -> hours.add(Math.floorDiv(bucket * minute, hour), count));
  }

  /** Whether counts have changed since {@link #takeChanged}. */
  public boolean hasChanged() {
    for (Dimension dimension : DIMENSIONS) {
      if (counts.get(dimension).hasChanged()) {
        return true;
      }
    }
    return false;
  }

  /** Passes on each block that has changed since the last call; without counts if all are 0. */
  public void takeChanged(BiConsumer<PopulationBlock, long[]> consumer) {
    counts.forEach(
        (dimension, of) ->
            of.takeChanged(
                (number, block) -> consumer.accept(new PopulationBlock(dimension, number), block)));
  }

  /** Adds stored counts, or those of another partition, without marking the block as changed. */
  public void add(PopulationBlock block, long[] more) {
    counts.get(block.dimension()).addBlock(block.number(), more);
  }

  /** Passes on each block that is not empty. */
  public void forEachBlock(BiConsumer<PopulationBlock, long[]> consumer) {
    counts.forEach(
        (dimension, of) ->
            of.forEachBlock(
                (number, block) -> consumer.accept(new PopulationBlock(dimension, number), block)));
  }

  /** The cut points; empty if the population is. */
  public Optional<PopulationCuts> cuts(long asOf) {
    return customers() == 0
        ? Optional.empty()
        : Optional.of(
            new PopulationCuts(
                asOf,
                customers(),
                recency(),
                magnitude(Dimension.ORDERS),
                magnitude(Dimension.MONEY)));
  }

  private Quintiles magnitude(Dimension dimension) {
    Ranks ranks = new Ranks(customers());
    counts
        .get(dimension)
        .visit((bucket, count) -> ranks.pass(count, MagnitudeBuckets.greatest(bucket)));
    return ranks.quintiles();
  }

  private Quintiles recency() {
    Ranks ranks = new Ranks(customers());
    if (recency(ranks, Dimension.RECENCY_HOURS)) {
      recency(ranks, Dimension.RECENCY_MINUTES);
    }
    return ranks.quintiles();
  }

  private boolean recency(Ranks ranks, Dimension dimension) {
    return counts
        .get(dimension)
        .visit((bucket, count) -> ranks.pass(count, (bucket + 1) * dimension.width() - 1));
  }

  /** Finds the values at given ranks in a pass over the values in ascending order. */
  private static final class Ranks {
    private final long customers;
    private final List<Long> found = new ArrayList<>(PERCENTS.length);
    private long passed;

    Ranks(long customers) {
      this.customers = customers;
    }

    /** Passes this many customers with a value; true if there are ranks left to find. */
    boolean pass(long count, long value) {
      passed += count;
      while (found.size() < PERCENTS.length && passed >= rank(PERCENTS[found.size()])) {
        found.add(value);
      }
      return found.size() < PERCENTS.length;
    }

    /** The nearest rank of a percentile, from 1. */
    private long rank(int percent) {
      return Math.max(1, (customers * percent + 99) / 100);
    }

    Quintiles quintiles() {
      List<Long> below = new ArrayList<>();
      List<Long> at = new ArrayList<>();
      List<Long> above = new ArrayList<>();
      for (int i = 0; i < PERCENTS.length; i += 3) {
        below.add(found.get(i));
        at.add(found.get(i + 1));
        above.add(found.get(i + 2));
      }
      return new Quintiles(below, at, above);
    }
  }
}
