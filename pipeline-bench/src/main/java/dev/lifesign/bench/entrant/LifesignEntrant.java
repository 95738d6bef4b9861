package dev.lifesign.bench.entrant;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.runtime.PipelineRunner;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.RejectionReason;
import dev.lifesign.domain.timeline.Decision;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Lifesign with its default settings and with ticks in the log. */
final class LifesignEntrant implements Entrant {

  private final boolean exactlyOnce;

  LifesignEntrant(boolean exactlyOnce) {
    this.exactlyOnce = exactlyOnce;
  }

  /** Watches a run. */
  private static final class Watch implements PipelineObserver {

    private final Progress progress;
    private final long warmup;
    private final long total;
    private volatile double firedAtWarmup;
    private volatile double firedAtEnd;
    private final long lastTick;
    private final CountDownLatch through;
    private final LongAdder fired = new LongAdder();
    private final LongAdder changes = new LongAdder();
    private final LongAdder profiles = new LongAdder();
    private final LongAdder segments = new LongAdder();
    private volatile double segmentsAtWarmup;
    private volatile double segmentsAtEnd;
    private final TickPace ticks = new TickPace();
    private final HourlyPace hours = new HourlyPace();

    Watch(EntrantRun run, Progress progress) {
      this.progress = progress;
      this.warmup = run.warmup();
      this.total = run.job().total();
      this.lastTick = run.ticks().last(run.job());
      this.through = new CountDownLatch(run.job().partitions());
    }

    @Override
    public void event(Family family, Decision outcome, long occurredAt, long arrivedAt) {
      told(outcome);
      long done = progress.count();
      if (done == warmup) {
        firedAtWarmup = fired.sum();
        segmentsAtWarmup = segments.sum();
      } else if (done == total) {
        firedAtEnd = fired.sum();
        segmentsAtEnd = segments.sum();
      }
      hours.event(arrivedAt);
      ticks.event();
    }

    @Override
    public void rejected(RejectionReason reason) {
      progress.fail(new IllegalStateException("An event was not accepted: " + reason));
    }

    @Override
    public void fired(Decision outcome) {
      fired.increment();
      told(outcome);
    }

    /** The number of deadlines that fired during the events after the warm-up. */
    double firedOfRest() {
      return firedAtEnd - firedAtWarmup;
    }

    double rest() {
      return total - (double) warmup;
    }

    private void told(Decision outcome) {
      changes.add(outcome.statusChanges().size());
      profiles.add(outcome.profileChanged() ? 1 : 0);
      segments.add(outcome.segmentChanges().size());
    }

    @Override
    public void tickRead(int partition, long tick) {
      ticks.read();
    }

    @Override
    public void caughtUp(int partition, long tick) {
      if (tick == lastTick) {
        through.countDown();
      }
    }
  }

  @Override
  public void run(EntrantRun run, Progress progress) {
    Settings settings = StreamsSetup.settings(run, exactlyOnce);
    Watch watch = new Watch(run, progress);
    PipelineOptions options = StreamsSetup.options(run, watch);
    try (PipelineRunner runner = new PipelineRunner(settings, options)) {
      runner.start();
      Runnable alive =
          () ->
              runner
                  .failure()
                  .ifPresent(
                      cause -> {
                        throw new IllegalStateException("The pipeline stopped", cause);
                      });
      progress.await(alive);
      long begin = System.nanoTime();
      long before = watch.fired.sum();
      Slices fired = new Slices();
      fired.add(begin, before);
      while (!watch.through.await(10, TimeUnit.MILLISECONDS)) {
        alive.run();
        fired.add(System.nanoTime(), watch.fired.sum());
      }
      long end = System.nanoTime();
      fired.add(end, watch.fired.sum());
      double seconds = (end - begin) / 1e9;
      double events = run.job().total();
      progress.figure("workRate", progress.rate() * (1 + watch.firedOfRest() / watch.rest()));
      progress.figure("fired", watch.fired.sum() / events);
      progress.figure("statusChanges", watch.changes.sum() / events);
      progress.figure("profiles", watch.profiles.sum() / events);
      progress.figure(
          "segmentChanges", (watch.segmentsAtEnd - watch.segmentsAtWarmup) / watch.rest());
      progress.figure("firedAfter", (double) (watch.fired.sum() - before));
      progress.figure("firedAfterRate", (watch.fired.sum() - before) / seconds);
      List<Double> slices = fired.rates(Progress.PARTS);
      for (int i = 0; i < slices.size(); i++) {
        progress.figure("firedAfterRate" + (i + 1), slices.get(i));
      }
      watch.ticks.report(progress);
      watch.hours.report(progress);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
    if (run.entrant().endsWith("-state")) {
      StateSize.report(run, progress);
    }
  }
}
