package dev.lifesign.core.store.heap;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Heap memory that the tasks of a process share equally. A new task gets its part only as the other
 * tasks give up theirs, so that no call has to give up much at once. The total is exceeded by at
 * most a few thousandths.
 */
public final class HeapShare {

  /**
   * A part updates the common sum when its own size has changed by more than the total divided by
   * this number.
   */
  private static final int STEPS = 1024;

  private final long bytes;
  private final AtomicLong held = new AtomicLong();
  private int parts;

  /** The size of an equal part, bytes. */
  private volatile long each;

  /** Creates a share of the given size. */
  public HeapShare(long bytes) {
    this.bytes = bytes;
  }

  /** Opens a part; it lasts until it is closed. */
  public Part open() {
    count(1);
    return new Part();
  }

  private synchronized void count(int more) {
    parts += more;
    each = bytes / Math.max(1, parts);
  }

  /** The part of one task; used by one thread at a time. */
  public final class Part {

    private long published;

    /** Sets how many bytes the task holds now. */
    public void holds(long now) {
      if (Math.abs(now - published) > bytes / STEPS) {
        publish(now);
      }
    }

    private void publish(long now) {
      held.addAndGet(now - published);
      published = now;
    }

    /** How many bytes the task may hold now: an equal part, but not more than the others leave. */
    public long most() {
      long left = bytes - (held.get() - published);
      return Math.max(0, Math.min(each, left));
    }

    /** Returns the part. */
    public void close() {
      publish(0);
      count(-1);
    }
  }
}
