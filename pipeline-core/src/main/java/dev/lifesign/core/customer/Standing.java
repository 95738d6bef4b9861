package dev.lifesign.core.customer;

import dev.lifesign.core.time.Instants;

/**
 * The status last told.
 *
 * @param status the status; without meaning where sequence is 0
 * @param reason its reason
 * @param since when the status itself last changed
 * @param sequence of the last status change; 0 before the first
 * @param inactiveSince since when the customer is inactive; NEVER if it is not
 * @param returnedAt last return from inactivity; NEVER if there was none
 */
public record Standing(
    Status status, Reason reason, long since, int sequence, long inactiveSince, long returnedAt) {

  /** Nothing was told yet. */
  public static final Standing NONE =
      new Standing(Status.PROSPECT, Reason.NONE, Instants.NEVER, 0, Instants.NEVER, Instants.NEVER);

  /** With a return at the instant, where it is later than the one known. */
  public Standing returned(long at) {
    return new Standing(status, reason, since, sequence, inactiveSince, Math.max(returnedAt, at));
  }
}
