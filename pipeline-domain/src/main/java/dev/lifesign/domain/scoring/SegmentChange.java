package dev.lifesign.domain.scoring;

import java.util.Optional;

/**
 * A fact: a customer moved to another segment.
 *
 * @param customerId the customer
 * @param from the segment before; empty for none
 * @param to the segment now; empty for none
 * @param score the scores that put the customer there; empty without a transaction in the window
 * @param late whether a late event caused it
 * @param effectiveAt when it became true
 * @param detectedAt the arrival or the tick that detected it
 * @param policyVersion the policy that decided
 */
public record SegmentChange(
    String customerId,
    String from,
    String to,
    Optional<RfmScore> score,
    boolean late,
    long effectiveAt,
    long detectedAt,
    int policyVersion) {}
