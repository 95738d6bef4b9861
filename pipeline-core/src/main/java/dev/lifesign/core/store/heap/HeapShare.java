package dev.lifesign.core.store.heap;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes of the heap that the tasks of a process share in equal parts. A task that opens takes
 * nothing away at once: it gets its part as fast as the others give up theirs, so that no call has
 * to give up much, and the sum is never exceeded by more than a few thousandths.
 */
public final class HeapShare {

  /** A part publishes what it holds when that has changed by one part of the whole in so many. */
  private static final int STEPS = 1024;

  private final long bytes;
  private final AtomicLong held = new AtomicLong();
  private int parts;

  /** An equal part. */
  private volatile long each;

  /** So many bytes. */
  public HeapShare(long bytes) {
    this.bytes = bytes;
  }

  /** A part of it, until it is closed. */
  public Part open() {
    count(1);
    return new Part();
  }

  private synchronized void count(int more) {
    parts += more;
    each = bytes / Math.max(1, parts);
  }

  /** What one task may hold and holds; used by one thread at a time. */
  public final class Part {

    private long published;

    /** Notes what the task holds now. */
    public void holds(long now) {
      if (Math.abs(now - published) > bytes / STEPS) {
        publish(now);
      }
    }

    private void publish(long now) {
      held.addAndGet(now - published);
      published = now;
    }

    /** What the task may hold now: an equal part, but not more than the others leave. */
    public long most() {
      long left = bytes - (held.get() - published);
      return Math.max(0, Math.min(each, left));
    }

    /** Gives it back. */
    public void close() {
      publish(0);
      count(-1);
    }
  }
}
