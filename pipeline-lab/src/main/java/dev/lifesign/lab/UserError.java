package dev.lifesign.lab;

/** A mistake in the user's input or environment, reported in a sentence without a stack trace. */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The sentence: what was expected, what was found, what to do about it. */
  public UserError(String message) {
    super(message);
  }

  /** The sentence, with its cause for the log. */
  public UserError(String message, Throwable cause) {
    super(message, cause);
  }
}
