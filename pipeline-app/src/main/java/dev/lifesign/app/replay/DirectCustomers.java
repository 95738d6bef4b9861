package dev.lifesign.app.replay;

import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.event.Acceptance;
import dev.lifesign.core.event.Event;
import dev.lifesign.core.time.Instants;
import dev.lifesign.core.timeline.Outcome;
import dev.lifesign.core.timeline.Timeline;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** Customers in memory, under the same {@link Timeline} as those in a store. */
public final class DirectCustomers {

  private final Timeline timeline;
  private final Consumer<Outcome> outcomes;
  private final Map<String, Customer> customers = new HashMap<>();
  private final PriorityQueue<Deadline> deadlines =
      new PriorityQueue<>(
          Comparator.comparingLong(Deadline::due).thenComparing(Deadline::customerId));
  private final Map<String, Long> armed = new HashMap<>();

  private record Deadline(long due, String customerId) {}

  /**
   * No customers yet.
   *
   * @param outcomes takes what becomes of each event and of each deadline
   */
  public DirectCustomers(Timeline timeline, Consumer<Outcome> outcomes) {
    this.timeline = timeline;
    this.outcomes = outcomes;
  }

  /** Hears an event that was accepted. */
  public void hear(Event event, long arrivedAt) {
    take(
        timeline.apply(
            Optional.ofNullable(customers.get(event.customerId())),
            Acceptance.settle(event, arrivedAt),
            arrivedAt));
  }

  /** Time has come to an instant: deadlines that it is past are taken, in their order. */
  public void tick(long at) {
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

  /** The customers as they are now. */
  public Collection<Customer> all() {
    return customers.values();
  }

  private void take(Outcome outcome) {
    Customer customer = outcome.customer();
    customers.put(customer.id(), customer);
    outcomes.accept(outcome);
    long due = timeline.nextTouch(customer);
    if (due != Instants.FOREVER && due < armed.getOrDefault(customer.id(), Instants.FOREVER)) {
      armed.put(customer.id(), due);
      deadlines.add(new Deadline(due, customer.id()));
    }
  }
}
