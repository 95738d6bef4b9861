package dev.lifesign.bench.entrant;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What ticks between which no event comes cost: processor time of the thread that reads them, from
 * a tick to the one so many later. Waiting for the broker is not in it, nor what other threads do
 * meanwhile. Thread-safe.
 */
final class TickPace {

  private static final int BATCH = 250;

  /** The first is not reported: code is compiled in it. */
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

  /** Nanoseconds a tick, the median of each part of the time but the first. */
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
