package dev.lifesign.core.streams;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bytes of the heap that all tasks of a process share in equal parts, to keep what would have to be
 * looked up in a store else. Thread-safe.
 */
final class Room {

  private final long bytes;
  private final AtomicInteger tasks = new AtomicInteger();

  /** So many bytes. */
  Room(long bytes) {
    this.bytes = bytes;
  }

  /** A part of the heap: one in so many. */
  static Room ofHeap(int parts) {
    return new Room(Runtime.getRuntime().maxMemory() / parts);
  }

  /** A task comes. */
  void enter() {
    tasks.incrementAndGet();
  }

  /** A task goes. */
  void leave() {
    tasks.decrementAndGet();
  }

  /** What each task may take now. */
  long ofEach() {
    return bytes / Math.max(1, tasks.get());
  }
}
