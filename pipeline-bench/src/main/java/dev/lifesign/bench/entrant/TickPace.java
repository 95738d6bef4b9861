package dev.lifesign.bench.entrant;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Measures the cost of ticks without events between them: the processor time of the reading thread
 * over a fixed number of ticks. That excludes waiting for the broker and the work of other threads.
 * Thread-safe.
 */
final class TickPace {

  private static final int BATCH = 250;

  /** The number of parts. The first is not reported, because code is compiled during it. */
  private static final int PARTS = 6;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final List<Double> nanos = new CopyOnWriteArrayList<>();
  private final ThreadLocal<Run> own = ThreadLocal.withInitial(Run::new);

  private static final class Run {
    int ticks;
    long begin;
  }

  void event() {
    own.get().ticks = 0;
  }

  void read() {
    Run run = own.get();
    if (run.ticks == BATCH) {
      nanos.add((threads.getCurrentThreadCpuTime() - run.begin) / (double) BATCH);
      run.ticks = 0;
    }
    if (run.ticks == 0) {
      run.begin = threads.getCurrentThreadCpuTime();
    }
    run.ticks++;
  }

  /** Reports the nanoseconds per tick: the median of each part except the first. */
  void report(Progress progress) {
    double[] all = nanos.stream().mapToDouble(each -> each).toArray();
    for (int part = 1; part < PARTS && all.length >= PARTS; part++) {
      double[] some =
          Arrays.copyOfRange(all, all.length * part / PARTS, all.length * (part + 1) / PARTS);
      Arrays.sort(some);
      progress.figure("tickNanos" + part, some[some.length / 2]);
    }
  }
}
