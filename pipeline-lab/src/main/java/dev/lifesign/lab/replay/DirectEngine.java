package dev.lifesign.lab.replay;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Rejection;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.domain.timeline.Profile;
import dev.lifesign.lab.file.ArrivedCommand;
import dev.lifesign.lab.file.Line;
import java.util.Optional;

/** Replays in this process without brokers: the same {@link Timeline}, with customers in memory. */
public final class DirectEngine {

  private final Replay replay;
  private final Results results;
  private final DirectCustomers customers;

  /** An engine for one replay. */
  public DirectEngine(Replay replay, ReplayFiles results) {
    this.replay = replay;
    this.results = results;
    this.customers =
        new DirectCustomers(Policies.of(replay.policy().policy()), this::write, results::erased);
  }

  /** Runs it. */
  public void run() {
    replay.play(results, this::accept, this::obey, customers::tick);
    for (Customer customer : customers.all()) {
      results.profile(
          Profile.of(customer, customers.timeline().policyOf(customer), replay.until()));
    }
  }

  private void accept(Line line) {
    Event event = line.event().orElseThrow();
    Optional<Rejection> rejection = Acceptance.check(event, line.arrivedAt());
    if (rejection.isPresent()) {
      Replay.reject(results, line, rejection.get());
      return;
    }
    customers.accept(event, line.arrivedAt());
  }

  private void obey(ArrivedCommand command) {
    results.command(CommandRow.of(customers.obey(command.command(), command.arrivedAt())));
  }

  private void write(Decision decision) {
    results.handled(decision);
    decision.statusChanges().forEach(change -> results.statusChange(StatusChangeRow.of(change)));
    decision.alerts().forEach(alert -> results.alert(AlertRow.of(alert)));
  }
}
