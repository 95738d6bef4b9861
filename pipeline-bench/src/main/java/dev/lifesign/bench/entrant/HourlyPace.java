package dev.lifesign.bench.entrant;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Measures how long events take per hour of the day, from one event to the next on the same thread.
 */
final class HourlyPace {

  private static final int HOURS = 24;
  private static final long HOUR = 3_600_000L;

  private final Queue<Counts> all = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<Counts> own =
      ThreadLocal.withInitial(
          () -> {
            Counts counts = new Counts();
            all.add(counts);
            return counts;
          });

  private static final class Counts {
    final long[] nanos = new long[HOURS];
    final long[] events = new long[HOURS];
    long last;
  }

  void event(long arrivedAt) {
    Counts counts = own.get();
    long now = System.nanoTime();
    if (counts.last != 0) {
      int hour = (int) (arrivedAt / HOUR % HOURS);
      counts.nanos[hour] += now - counts.last;
      counts.events[hour]++;
    }
    counts.last = now;
  }

  /** Reports the nanoseconds per event in the hour after midnight, and in all other hours. */
  void report(Progress progress) {
    double[] nanos = new double[2];
    double[] events = new double[2];
    for (Counts counts : all) {
      for (int hour = 0; hour < HOURS; hour++) {
        nanos[hour == 0 ? 0 : 1] += counts.nanos[hour];
        events[hour == 0 ? 0 : 1] += counts.events[hour];
      }
    }
    if (events[0] > 0 && events[1] > 0) {
      progress.figure("midnightNanos", nanos[0] / events[0]);
      progress.figure("ordinaryNanos", nanos[1] / events[1]);
    }
  }
}
