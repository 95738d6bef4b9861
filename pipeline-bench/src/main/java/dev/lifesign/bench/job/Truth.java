package dev.lifesign.bench.job;

import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.event.Acceptance;
import dev.lifesign.core.lifecycle.StatusChange;
import dev.lifesign.core.policy.Policies;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.timeline.Outcome;
import dev.lifesign.core.timeline.Timeline;
import java.util.Optional;

/** What a job's status changes are: the timeline alone, customer by customer, without a clock. */
public final class Truth {

  private Truth() {}

  /** The ledger of a job under a policy. */
  public static Ledger of(Job job, Policy policy) {
    Ledger ledger = new Ledger(job.customers(), job.end());
    Timeline timeline = new Timeline(Policies.of(policy));
    Customer[] customers = new Customer[job.customers()];
    JobEvents events = new JobEvents(job);
    while (events.hasNext()) {
      JobEvents.Arrived next = events.next();
      note(
          timeline.apply(
              Optional.ofNullable(customers[next.customer()]),
              Acceptance.settle(next.event(), next.arrivedAt()),
              next.arrivedAt()),
          next.customer(),
          customers,
          ledger);
    }
    for (int i = 0; i < customers.length; i++) {
      note(timeline.advance(customers[i], job.end() + 1, job.end()), i, customers, ledger);
    }
    return ledger;
  }

  private static void note(Outcome outcome, int number, Customer[] customers, Ledger ledger) {
    customers[number] = outcome.customer();
    for (StatusChange change : outcome.statusChanges()) {
      ledger.add(
          number,
          change.sequence(),
          change.from().map(Enum::name).orElse(""),
          change.to().status().name(),
          change.to().reason().label(),
          change.late(),
          change.effectiveAt());
    }
  }
}
