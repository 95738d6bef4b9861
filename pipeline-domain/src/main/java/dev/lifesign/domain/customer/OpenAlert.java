package dev.lifesign.domain.customer;

/**
 * An alert that has not ended.
 *
 * @param rule the id of its rule
 * @param occurrence the sequence of the status change that raised it
 * @param status the status that it warns about
 * @param reason the status's reason
 * @param raisedAt when it was raised
 * @param expiresAt when it ends by itself
 */
public record OpenAlert(
    String rule, int occurrence, Status status, Reason reason, long raisedAt, long expiresAt) {}
