package dev.lifesign.domain.customer;

import dev.lifesign.domain.time.Instants;

/**
 * A customer's scores and segment as last judged.
 *
 * @param recency 1 to 5; 0 if not scored
 * @param frequency 1 to 5; 0 if not scored
 * @param monetary 1 to 5; 0 if not scored
 * @param current the segment last published; empty if the customer is in none
 * @param previous the one before; empty if there was none
 * @param since when the customer entered the current segment; NEVER before the first
 */
public record SegmentState(
    int recency, int frequency, int monetary, String current, String previous, long since) {

  /** Nothing was published yet. */
  public static final SegmentState NONE = new SegmentState(0, 0, 0, "", "", Instants.NEVER);

  /** Whether the customer has scores. */
  public boolean isScored() {
    return recency > 0;
  }

  /** With other scores; 0 for none. */
  public SegmentState scored(int newRecency, int newFrequency, int newMonetary) {
    return newRecency == recency && newFrequency == frequency && newMonetary == monetary
        ? this
        : new SegmentState(newRecency, newFrequency, newMonetary, current, previous, since);
  }

  /** After a change to another segment. */
  public SegmentState changed(String to, long at) {
    return new SegmentState(recency, frequency, monetary, to, current, at);
  }
}
