package dev.lifesign.domain.lifecycle;

/**
 * The next status if no further event arrives.
 *
 * @param at when
 * @param assessment the status and reason then
 */
public record NextReview(long at, Assessment assessment) {}
