package dev.lifesign.core.timeline;

import dev.lifesign.core.lifecycle.Evidence;
import dev.lifesign.core.lifecycle.NextReview;
import java.util.Optional;

/**
 * Why a customer has its status at an instant, and what comes next.
 *
 * @param evidence the values that the table of statuses reads
 * @param next what the status becomes if nothing more is heard; empty if it stays
 */
public record Review(Evidence evidence, Optional<NextReview> next) {}
