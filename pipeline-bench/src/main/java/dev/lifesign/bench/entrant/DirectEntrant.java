package dev.lifesign.bench.entrant;

import dev.lifesign.app.runtime.Connections;
import dev.lifesign.bench.job.JobEvents;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.lab.replay.DirectCustomers;

/**
 * The direct replay: {@code lifesign replay --engine direct} on one thread, with one tick per hour
 * of event time. Instead of lines of text it reads the records that the other entrants read, from a
 * file written beforehand, and it discards its results.
 */
final class DirectEntrant implements Entrant {

  private static final long HOUR = 3_600_000L;

  private EntrantRun run;
  private Progress progress;
  private DirectCustomers customers;
  private long outcomes;
  private long heard;
  private long nextTick;

  @Override
  public void run(EntrantRun run, Progress progress) {
    this.run = run;
    this.progress = progress;
    customers = new DirectCustomers(Policies.of(BenchPolicy.policy()), this::count);
    RecordFile records =
        new RecordFile(
            run.dir().resolve("records"),
            new Connections(StreamsSetup.settings(run, true)).serdes().create(),
            new Topics(run.inputs(), run.outputs()));
    records.write(new JobEvents(run.job()));
    records.read(run.job().total(), this::hear);
    customers.play();
    // One write removes the old entry, another adds the new one.
    progress.figure("indexWrites", 2.0 * customers.broughtForward() / run.job().total());
    double rest = run.job().total() - (double) run.warmup();
    progress.figure("workRate", progress.rate() * outcomes / rest);
  }

  private void hear(Event event, long arrivedAt) {
    if (arrivedAt >= nextTick) {
      customers.tick(arrivedAt);
      nextTick = arrivedAt + HOUR;
    }
    Acceptance.check(event, arrivedAt)
        .ifPresent(
            rejection -> {
              throw new IllegalStateException("Not accepted: " + rejection);
            });
    customers.accept(event, arrivedAt);
    heard++;
    if (heard == run.warmup()) {
      // The deadlines of the warm-up must not count later.
      customers.play();
    }
  }

  private void count(Decision outcome) {
    outcomes++;
    if (outcome.kind() != Decision.Kind.TIME && progress.count() == run.warmup()) {
      outcomes = 0;
    }
  }
}
