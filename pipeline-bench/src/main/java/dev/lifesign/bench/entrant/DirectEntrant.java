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
 * The direct replay: {@code lifesign replay --engine direct} on one thread, a tick an hour of event
 * time. It reads the records that the others read, of a file that is written before, in place of
 * lines of text, and keeps none of what it would write into files.
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
    // Out of the index, and in again.
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
      // What was heard during the warm-up is no work of later.
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
