package dev.lifesign.bench.entrant;

import dev.lifesign.bench.job.JobEvents;
import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.event.Acceptance;
import dev.lifesign.core.policy.Policies;
import dev.lifesign.core.time.Instants;
import dev.lifesign.core.timeline.Outcome;
import dev.lifesign.core.timeline.Timeline;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The direct replay: the timeline on one thread, customers and deadlines in memory, a tick an hour
 * of event time. Events are made as they are needed, which is counted in.
 */
final class DirectEntrant implements Entrant {

  private static final long HOUR = 3_600_000L;

  private record Deadline(long due, String customerId) {}

  private final Map<String, Customer> customers = new HashMap<>();
  private final Map<String, Long> armed = new HashMap<>();
  private final PriorityQueue<Deadline> deadlines =
      new PriorityQueue<>(Comparator.comparingLong(Deadline::due));
  private long fired;
  private long movedEarlier;
  private final Timeline timeline = new Timeline(Policies.of(BenchPolicy.policy()));

  @Override
  public void run(EntrantRun run, Progress progress) {
    JobEvents events = new JobEvents(run.job());
    long nextTick = 0;
    while (events.hasNext()) {
      JobEvents.Arrived next = events.next();
      if (next.arrivedAt() >= nextTick) {
        tick(next.arrivedAt());
        nextTick = next.arrivedAt() + HOUR;
      }
      take(
          timeline.apply(
              Optional.ofNullable(customers.get(next.event().customerId())),
              Acceptance.settle(next.event(), next.arrivedAt()),
              next.arrivedAt()));
      long done = progress.count();
      if (done == run.warmup()) {
        fired = 0;
      }
    }
    double rest = run.job().total() - (double) run.warmup();
    // Out of the index, and in again.
    progress.figure("indexWrites", 2.0 * movedEarlier / run.job().total());
    progress.figure("workRate", progress.rate() * (1 + fired / rest));
  }

  private void tick(long at) {
    long bound = timeline.horizon(at);
    while (!deadlines.isEmpty() && deadlines.peek().due() < bound) {
      Deadline deadline = deadlines.remove();
      if (armed.getOrDefault(deadline.customerId(), Instants.FOREVER) == deadline.due()) {
        fired++;
        armed.remove(deadline.customerId());
        take(timeline.advance(customers.get(deadline.customerId()), deadline.due() + 1, at));
      }
    }
  }

  private void take(Outcome outcome) {
    Customer customer = outcome.customer();
    customers.put(customer.id(), customer);
    long due = timeline.nextTouch(customer);
    long before = armed.getOrDefault(customer.id(), Instants.FOREVER);
    if (due < before) {
      movedEarlier += before == Instants.FOREVER ? 0 : 1;
      armed.put(customer.id(), due);
      deadlines.add(new Deadline(due, customer.id()));
    }
  }
}
