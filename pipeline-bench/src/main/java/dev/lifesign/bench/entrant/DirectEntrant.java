package dev.lifesign.bench.entrant;

import dev.lifesign.app.replay.DirectCustomers;
import dev.lifesign.bench.job.JobEvents;
import dev.lifesign.core.policy.Policies;

/**
 * The direct replay: {@code lifesign replay --engine direct} without its files, on one thread, a
 * tick an hour of event time. Events are made as they are needed, which is counted in.
 */
final class DirectEntrant implements Entrant {

  private static final long HOUR = 3_600_000L;

  private long outcomes;

  @Override
  public void run(EntrantRun run, Progress progress) {
    DirectCustomers customers =
        new DirectCustomers(Policies.of(BenchPolicy.policy()), outcome -> outcomes++);
    JobEvents events = new JobEvents(run.job());
    long nextTick = 0;
    while (events.hasNext()) {
      JobEvents.Arrived next = events.next();
      if (next.arrivedAt() >= nextTick) {
        customers.tick(next.arrivedAt());
        nextTick = next.arrivedAt() + HOUR;
      }
      customers.hear(next.event(), next.arrivedAt());
      if (progress.count() == run.warmup()) {
        outcomes = 0;
      }
    }
    // Out of the index, and in again.
    progress.figure("indexWrites", 2.0 * customers.broughtForward() / run.job().total());
    double rest = run.job().total() - (double) run.warmup();
    progress.figure("workRate", progress.rate() * outcomes / rest);
  }
}
