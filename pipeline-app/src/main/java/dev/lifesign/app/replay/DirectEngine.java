package dev.lifesign.app.replay;

import dev.lifesign.app.file.Line;
import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.event.Acceptance;
import dev.lifesign.core.event.Event;
import dev.lifesign.core.event.Rejection;
import dev.lifesign.core.policy.Policies;
import dev.lifesign.core.streams.codec.FactCodec;
import dev.lifesign.core.time.Instants;
import dev.lifesign.core.timeline.Outcome;
import dev.lifesign.core.timeline.Profile;
import dev.lifesign.core.timeline.Timeline;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/** Replays in this process, without brokers: the same {@link Timeline}, customers in memory. */
public final class DirectEngine {

  private final Replay replay;
  private final Results results;
  private final Timeline timeline;
  private final Map<String, Customer> customers = new HashMap<>();
  private final PriorityQueue<Deadline> deadlines =
      new PriorityQueue<>(
          Comparator.comparingLong(Deadline::due).thenComparing(Deadline::customerId));
  private final Map<String, Long> armed = new HashMap<>();

  private record Deadline(long due, String customerId) {}

  /** An engine for one replay. */
  public DirectEngine(Replay replay, ReplayFiles results) {
    this.replay = replay;
    this.results = results;
    this.timeline = new Timeline(Policies.of(replay.policy().policy()));
  }

  /** Runs it. */
  public void run() {
    replay.play(results, this::hear, this::tick);
    for (Customer customer : customers.values()) {
      results.profile(Profile.of(customer, timeline.policyOf(customer), replay.until()));
    }
  }

  private void hear(Line line) {
    Event event = line.event().orElseThrow();
    Optional<Rejection> rejection = Acceptance.check(event, line.arrivedAt());
    if (rejection.isPresent()) {
      Replay.reject(results, line, rejection.get());
      return;
    }
    take(
        timeline.apply(
            Optional.ofNullable(customers.get(event.customerId())),
            Acceptance.settle(event, line.arrivedAt()),
            line.arrivedAt()));
  }

  private void tick(long at) {
    long bound = timeline.horizon(at);
    while (!deadlines.isEmpty() && deadlines.peek().due() < bound) {
      Deadline deadline = deadlines.remove();
      if (armed.getOrDefault(deadline.customerId(), Instants.FOREVER) == deadline.due()) {
        armed.remove(deadline.customerId());
        Customer customer = customers.get(deadline.customerId());
        take(timeline.advance(customer, deadline.due() + 1, at));
      }
    }
  }

  private void take(Outcome outcome) {
    Customer customer = outcome.customer();
    customers.put(customer.id(), customer);
    outcome.statusChanges().forEach(change -> results.statusChange(FactCodec.encode(change)));
    outcome.alerts().forEach(alert -> results.alert(FactCodec.encode(alert)));
    long due = timeline.nextTouch(customer);
    if (due != Instants.FOREVER && due < armed.getOrDefault(customer.id(), Instants.FOREVER)) {
      armed.put(customer.id(), due);
      deadlines.add(new Deadline(due, customer.id()));
    }
  }
}
