package dev.lifesign.core.lifecycle;

/**
 * What the status becomes if nothing more is heard.
 *
 * @param at when
 * @param assessment status and reason then
 */
public record NextReview(long at, Assessment assessment) {}
