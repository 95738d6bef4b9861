package dev.lifesign.domain.customer;

import dev.lifesign.domain.time.Instants;

/**
 * The result of a customer's last judgement. Immutable.
 *
 * @param policyVersion the policy that judged it
 * @param due the next instant at which something changes without a further event; FOREVER if
 *     nothing does
 * @param status the status last published
 * @param cases what is kept of its cases and commands
 * @param segment the segment last published
 */
public record CustomerVerdict(
    int policyVersion, long due, StatusState status, CaseBook cases, SegmentState segment) {

  /** The verdict on a customer that was never judged. */
  public static CustomerVerdict none(int policyVersion) {
    return new CustomerVerdict(
        policyVersion, Instants.FOREVER, StatusState.NONE, CaseBook.EMPTY, SegmentState.NONE);
  }

  CustomerVerdict underPolicy(int version) {
    return new CustomerVerdict(version, due, status, cases, segment);
  }

  CustomerVerdict withCases(CaseBook newCases) {
    return new CustomerVerdict(policyVersion, due, status, newCases, segment);
  }

  /** This verdict with another status. */
  public CustomerVerdict withStatus(StatusState newStatus) {
    return newStatus.equals(status)
        ? this
        : new CustomerVerdict(policyVersion, due, newStatus, cases, segment);
  }
}
