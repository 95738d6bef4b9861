package dev.lifesign.core.document;

/**
 * Something in a document that cannot be.
 *
 * @param path where, such as {@code lifecycle.churnAfter}; empty for the document itself
 * @param message what was expected, what was found, and what to do about it
 */
public record Fault(String path, String message) {

  @Override
  public String toString() {
    return path.isEmpty() ? message : path + ": " + message;
  }
}
