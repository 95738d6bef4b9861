package dev.lifesign.domain.document;

/**
 * A mistake in a document.
 *
 * @param path where it is, such as {@code lifecycle.churnAfter}; empty for the document itself
 * @param message what was expected, what was found, and what to do about it
 */
public record Fault(String path, String message) {

  @Override
  public String toString() {
    return path.isEmpty() ? message : path + ": " + message;
  }
}
