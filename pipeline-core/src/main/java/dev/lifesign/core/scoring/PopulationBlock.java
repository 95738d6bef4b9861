package dev.lifesign.core.scoring;

/**
 * Names a block of a {@link Population}'s counts: what is counted, and which neighbouring buckets.
 *
 * @param dimension what is counted
 * @param number the block's place among those of its dimension
 */
public record PopulationBlock(Dimension dimension, long number) {

  /**
   * What is counted. Recency is counted by the minute and by the hour, so that an age is known to a
   * minute or to a hundredth of itself; the order is stored.
   */
  public enum Dimension {
    /** The minute of the last transaction, kept for days. */
    RECENCY_MINUTES(60_000),
    /** The hour of the last transaction. */
    RECENCY_HOURS(3_600_000),
    /** Orders in the window. */
    ORDERS(0),
    /** Net money in the window. */
    MONEY(0);

    private final long width;

    Dimension(long width) {
      this.width = width;
    }

    /** Milliseconds of a bucket of recency. */
    long width() {
      return width;
    }
  }
}
