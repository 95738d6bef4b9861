package dev.lifesign.app.replay;

import dev.lifesign.app.file.Line;
import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.event.Acceptance;
import dev.lifesign.core.event.Event;
import dev.lifesign.core.event.Rejection;
import dev.lifesign.core.policy.Policies;
import dev.lifesign.core.streams.codec.FactCodec;
import dev.lifesign.core.timeline.Outcome;
import dev.lifesign.core.timeline.Profile;
import java.util.Optional;

/** Replays in this process, without brokers: the same {@link Timeline}, customers in memory. */
public final class DirectEngine {

  private final Replay replay;
  private final Results results;
  private final DirectCustomers customers;

  /** An engine for one replay. */
  public DirectEngine(Replay replay, ReplayFiles results) {
    this.replay = replay;
    this.results = results;
    this.customers = new DirectCustomers(Policies.of(replay.policy().policy()), this::tell);
  }

  /** Runs it. */
  public void run() {
    replay.play(results, this::hear, customers::tick);
    for (Customer customer : customers.all()) {
      results.profile(
          Profile.of(customer, customers.timeline().policyOf(customer), replay.until()));
    }
  }

  private void hear(Line line) {
    Event event = line.event().orElseThrow();
    Optional<Rejection> rejection = Acceptance.check(event, line.arrivedAt());
    if (rejection.isPresent()) {
      Replay.reject(results, line, rejection.get());
      return;
    }
    customers.hear(event, line.arrivedAt());
  }

  private void tell(Outcome outcome) {
    outcome.statusChanges().forEach(change -> results.statusChange(FactCodec.encode(change)));
    outcome.alerts().forEach(alert -> results.alert(FactCodec.encode(alert)));
  }
}
