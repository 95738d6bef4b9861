package dev.lifesign.app;

/** A mistake of the user, or of what the user pointed to: one sentence, no stack trace. */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The sentence: what was expected, what was found, what to do about it. */
  public UserError(String message) {
    super(message);
  }

  /** The sentence, and what it came from, for the log. */
  public UserError(String message, Throwable cause) {
    super(message, cause);
  }
}
