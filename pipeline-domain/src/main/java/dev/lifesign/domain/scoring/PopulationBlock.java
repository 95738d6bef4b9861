package dev.lifesign.domain.scoring;

/**
 * Identifies a block of a {@link Population}'s counts: the dimension, and which neighbouring
 * buckets.
 *
 * @param dimension what is counted
 * @param number the position of the block within its dimension
 */
public record PopulationBlock(Dimension dimension, long number) {

  /**
   * What is counted. Recency is counted by the minute and by the hour, so that an age is accurate
   * to a minute or to a hundredth of itself. The order of the constants is stored.
   */
  public enum Dimension {
    /** The minute of the last transaction, for recent transactions. */
    RECENCY_MINUTES(60_000),
    /** The hour of the last transaction, for older ones. */
    RECENCY_HOURS(3_600_000),
    /** Orders in the window. */
    ORDERS(0),
    /** Net money in the window. */
    MONEY(0);

    private final long width;

    Dimension(long width) {
      this.width = width;
    }

    /** The width of a recency bucket, milliseconds. */
    long width() {
      return width;
    }
  }
}
