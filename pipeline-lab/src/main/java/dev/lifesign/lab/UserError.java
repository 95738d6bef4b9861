package dev.lifesign.lab;

import dev.lifesign.domain.document.Fault;
import java.util.List;
import java.util.stream.Collectors;

/** A mistake in the user's input or environment, reported in a sentence without a stack trace. */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The sentence: what was expected, what was found, what to do about it. */
  public UserError(String message) {
    super(message);
  }

  /** The faults of a document, one per line, each with where the document is from. */
  public static UserError of(String source, List<Fault> faults) {
    return new UserError(
        faults.stream().map(fault -> source + ": " + fault).collect(Collectors.joining("\n")));
  }

  /** The sentence, with its cause for the log. */
  public UserError(String message, Throwable cause) {
    super(message, cause);
  }
}
