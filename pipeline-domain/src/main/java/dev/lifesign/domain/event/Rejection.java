package dev.lifesign.domain.event;

/**
 * An input that was not accepted.
 *
 * @param reason the reason code
 * @param message what was expected, what was found, and what to do about it
 */
public record Rejection(RejectionReason reason, String message) {}
