package dev.lifesign.core.customer;

import dev.lifesign.core.time.Instants;

/**
 * The scores and the segment of a customer as last judged.
 *
 * @param recency 1 to 5; 0 without scores
 * @param frequency 1 to 5; 0 without scores
 * @param monetary 1 to 5; 0 without scores
 * @param current the segment last told; empty if the customer is in none
 * @param previous the one before; empty if there was none
 * @param since when the customer came into the current one; NEVER before the first
 */
public record SegmentStanding(
    int recency, int frequency, int monetary, String current, String previous, long since) {

  /** Nothing was told yet. */
  public static final SegmentStanding NONE = new SegmentStanding(0, 0, 0, "", "", Instants.NEVER);

  /** Whether there are scores. */
  public boolean isScored() {
    return recency > 0;
  }

  /** With other scores, 0 for none. */
  public SegmentStanding scored(int newRecency, int newFrequency, int newMonetary) {
    return newRecency == recency && newFrequency == frequency && newMonetary == monetary
        ? this
        : new SegmentStanding(newRecency, newFrequency, newMonetary, current, previous, since);
  }

  /** After a change to another segment. */
  public SegmentStanding changed(String to, long at) {
    return new SegmentStanding(recency, frequency, monetary, to, current, at);
  }
}
