package dev.lifesign.domain.scoring;

/**
 * Recency, frequency and monetary score of a customer with a transaction in the window.
 *
 * @param recency 1 to 5, 5 best
 * @param frequency 1 to 5, 5 best
 * @param monetary 1 to 5, 5 best
 * @param segment the first segment of the policy's table that matches the scores; empty if none
 *     does
 */
public record RfmScore(int recency, int frequency, int monetary, String segment) {}
