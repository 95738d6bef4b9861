package dev.lifesign.app.runtime;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Resources to be closed together: in reverse order, and all of them, even if some fail to close.
 * Thread-safe.
 */
public final class Opened implements AutoCloseable {

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /** Adds a resource that was just opened, and returns it. */
  public synchronized <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  /**
   * Closes all resources.
   *
   * @throws IllegalStateException if a resource failed to close; the first failure is the cause,
   *     and others are suppressed
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

  /**
   * Closes all resources after a later one could not be opened; failures are added to the cause as
   * suppressed exceptions.
   */
  public void closeAfter(Throwable cause) {
    try {
      close();
    } catch (IllegalStateException e) {
      cause.addSuppressed(e);
    }
  }
}
