package dev.lifesign.bench.entrant;

import dev.lifesign.app.runtime.PipelineRunner;
import dev.lifesign.app.runtime.RestoreProgress;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.PipelineOptions;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.streams.KafkaStreams;

/** Restores the state that an earlier run of the same application left in its changelogs. */
final class RestoreEntrant implements Entrant {

  private static final long GLANCE_NANOS = Duration.ofMillis(2).toNanos();

  @Override
  public void run(EntrantRun run, Progress progress) {
    PipelineOptions options = StreamsSetup.options(run, PipelineObserver.NONE);
    try (PipelineRunner runner = new PipelineRunner(StreamsSetup.settings(run, true), options)) {
      RestoreProgress restores = runner.restores();
      runner.start();
      while (!restores.isRestoring()) {
        LockSupport.parkNanos(GLANCE_NANOS);
      }
      long begin = System.nanoTime();
      while (restores.isRestoring() || runner.streams().state() != KafkaStreams.State.RUNNING) {
        LockSupport.parkNanos(GLANCE_NANOS);
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      progress.figure("records", (double) restores.restored());
      progress.figure("recordsRate", restores.restored() / seconds);
      progress.figure("seconds", seconds);
    }
  }
}
