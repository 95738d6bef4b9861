package dev.lifesign.domain.customer;

import dev.lifesign.domain.status.Reason;
import dev.lifesign.domain.status.Status;
import dev.lifesign.domain.time.Instants;

/**
 * The status last published, and what later judgements need to know about it.
 *
 * @param status the status; meaningless if sequence is 0
 * @param reason its reason
 * @param since when the status itself last changed
 * @param sequence the number of the last status change; 0 before the first
 * @param inactiveSince since when the customer has been inactive; NEVER if it is not
 * @param returnedAt when the customer last returned from inactivity; NEVER if it has not
 */
public record StatusState(
    Status status, Reason reason, long since, int sequence, long inactiveSince, long returnedAt) {

  /** No status was published yet. */
  public static final StatusState NONE =
      new StatusState(
          Status.PROSPECT, Reason.NONE, Instants.NEVER, 0, Instants.NEVER, Instants.NEVER);

  /** Whether no status was published yet. */
  public boolean isUnset() {
    return sequence == 0;
  }

  /** With a return at the instant, if it is later than the one known. */
  public StatusState returned(long at) {
    return new StatusState(
        status, reason, since, sequence, inactiveSince, Math.max(returnedAt, at));
  }
}
