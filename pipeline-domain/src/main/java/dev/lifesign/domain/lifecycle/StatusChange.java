package dev.lifesign.domain.lifecycle;

import dev.lifesign.domain.status.Status;
import java.util.Optional;

/**
 * A fact: the status of a customer, or its reason, changed.
 *
 * @param customerId the customer
 * @param sequence 1, 2, 3 … for the customer
 * @param from the status before; empty in the first change
 * @param to the status and reason now
 * @param late whether a late event caused it
 * @param effectiveAt when it became true
 * @param detectedAt the arrival or the tick that detected it
 * @param policyVersion the policy that decided
 * @param evidence the values that the status table read
 * @param nextReview what comes next if no further event arrives
 */
public record StatusChange(
    String customerId,
    int sequence,
    Optional<Status> from,
    Assessment to,
    boolean late,
    long effectiveAt,
    long detectedAt,
    int policyVersion,
    Evidence evidence,
    Optional<NextReview> nextReview) {

  /** Whether the customer entered the status, rather than only the reason having changed. */
  public boolean isEntry() {
    return from.isEmpty() || from.get() != to.status();
  }
}
