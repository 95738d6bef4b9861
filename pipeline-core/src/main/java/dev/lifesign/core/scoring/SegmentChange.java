package dev.lifesign.core.scoring;

import java.util.Optional;

/**
 * A customer came into another segment.
 *
 * @param customerId who
 * @param from the segment before; empty for none
 * @param to the segment now; empty for none
 * @param score what put the customer there; empty without a transaction in the window
 * @param late whether an event that arrived late showed it
 * @param effectiveAt when it became true
 * @param detectedAt the arrival or the tick at which it was found
 * @param policyVersion the policy whose table it is
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
