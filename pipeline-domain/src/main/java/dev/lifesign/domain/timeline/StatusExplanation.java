package dev.lifesign.domain.timeline;

import dev.lifesign.domain.lifecycle.Evidence;
import dev.lifesign.domain.lifecycle.NextReview;
import java.util.Optional;

/**
 * Why a customer has its status at an instant, and what comes next.
 *
 * @param evidence the values that the status table reads
 * @param next what the status becomes if no further event arrives; empty if it stays the same
 */
public record StatusExplanation(Evidence evidence, Optional<NextReview> next) {}
