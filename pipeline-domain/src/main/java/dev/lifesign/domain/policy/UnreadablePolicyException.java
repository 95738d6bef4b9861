package dev.lifesign.domain.policy;

/** A policy in force that this build does not understand; the sentence says which build does. */
public final class UnreadablePolicyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a sentence. */
  public UnreadablePolicyException(String message) {
    super(message);
  }
}
