package dev.lifesign.app.runtime;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What was opened, to be closed together: the last first, and all of it, whatever fails on the way.
 * Thread-safe.
 */
public final class Opened implements AutoCloseable {

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /** Adds what was just opened, and returns it. */
  public synchronized <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  /**
   * Closes all.
   *
   * @throws IllegalStateException if anything failed; the first failure is its cause, further ones
   *     are suppressed in it
   */
  @Override
  public synchronized void close() {
    IllegalStateException failure = null;
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception | Error e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        if (failure == null) {
          failure = new IllegalStateException("Could not stop cleanly: " + e.getMessage(), e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Closes all because a later part could not be opened; what fails now is suppressed in that. */
  public void closeAfter(Throwable cause) {
    try {
      close();
    } catch (IllegalStateException e) {
      cause.addSuppressed(e);
    }
  }
}
