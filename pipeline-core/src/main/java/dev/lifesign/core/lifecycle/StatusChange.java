package dev.lifesign.core.lifecycle;

import dev.lifesign.core.customer.Status;
import java.util.Optional;

/**
 * A fact: the status of a customer, or its reason, changed.
 *
 * @param customerId the customer
 * @param sequence 1, 2, 3 … for the customer
 * @param from the status before; empty in the first change
 * @param to status and reason now
 * @param late whether an event that arrived late showed it
 * @param effectiveAt when it became true
 * @param detectedAt the arrival or the tick at which it was found
 * @param policyVersion the policy that decided
 * @param evidence the values that the table read
 * @param nextReview what comes next if nothing more is heard
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

  /** Whether the customer entered the status, rather than only changing its reason. */
  public boolean isEntry() {
    return from.isEmpty() || from.get() != to.status();
  }
}
