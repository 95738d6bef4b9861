package dev.lifesign.bench.entrant;

import java.util.concurrent.atomic.AtomicLong;

/** How fast ticks are read, in fifths of so many; thread-safe. */
final class TickPace {

  private static final int PARTS = 5;

  private final long ticks;
  private final AtomicLong read = new AtomicLong();
  private final long[] marks = new long[PARTS + 1];

  TickPace(long ticks) {
    this.ticks = ticks;
  }

  void read() {
    long now = read.incrementAndGet();
    if (now == 1) {
      marks[0] = System.nanoTime();
    } else if (now % (ticks / PARTS) == 0 && now <= ticks) {
      marks[(int) (now / (ticks / PARTS))] = System.nanoTime();
    }
  }

  /** Nanoseconds a tick, for each fifth that was read whole. */
  void report(Progress progress) {
    long each = ticks / PARTS;
    for (int part = 1; part <= PARTS && read.get() >= part * each; part++) {
      progress.figure("tickNanos" + part, (marks[part] - marks[part - 1]) / (double) each);
    }
  }
}
