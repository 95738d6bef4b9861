package dev.lifesign.domain.customer;

import dev.lifesign.domain.time.Instants;

/**
 * The result of a customer's last judgement. Immutable.
 *
 * @param policyVersion the policy that judged it
 * @param due the next instant at which something changes without a further event; FOREVER if
 *     nothing does
 * @param status the status last published
 * @param alerts the open alerts
 * @param segment the segment last published
 */
public record CustomerVerdict(
    int policyVersion, long due, StatusState status, AlertBook alerts, SegmentState segment) {

  /** The verdict on a customer that was never judged. */
  public static CustomerVerdict none(int policyVersion) {
    return new CustomerVerdict(
        policyVersion, Instants.FOREVER, StatusState.NONE, AlertBook.EMPTY, SegmentState.NONE);
  }

  CustomerVerdict underPolicy(int version) {
    return new CustomerVerdict(version, due, status, alerts, segment);
  }

  /** This verdict with another status. */
  public CustomerVerdict withStatus(StatusState newStatus) {
    return newStatus.equals(status)
        ? this
        : new CustomerVerdict(policyVersion, due, newStatus, alerts, segment);
  }
}
