package dev.lifesign.core.customer;

import dev.lifesign.core.time.Instants;

/**
 * The segment last told.
 *
 * @param current its name; empty if the customer is in none
 * @param previous the one before; empty if there was none
 * @param since when the customer came into the current one; NEVER before the first
 */
public record SegmentStanding(String current, String previous, long since) {

  /** Nothing was told yet. */
  public static final SegmentStanding NONE = new SegmentStanding("", "", Instants.NEVER);

  /** After a change to another segment. */
  public SegmentStanding changed(String to, long at) {
    return new SegmentStanding(to, current, at);
  }
}
