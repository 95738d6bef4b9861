package dev.lifesign.bench.job;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.domain.timeline.Timeline;
import java.util.Optional;

/** Computes the correct status changes of a job with the timeline alone, customer by customer. */
public final class Truth {

  /**
   * The number of customers in memory at the same time, at most a GiB. The job is generated once
   * per lot.
   */
  private static final int AT_ONCE = 500_000;

  private Truth() {}

  /** The ledger of a job under a policy. */
  public static Ledger of(Job job, Policy policy) {
    return of(job, policy, AT_ONCE);
  }

  static Ledger of(Job job, Policy policy, int atOnce) {
    Ledger ledger = new Ledger(job.customers(), job.end());
    Timeline timeline = new Timeline(Policies.of(policy));
    for (int first = 0; first < job.customers(); first += atOnce) {
      Customer[] lot = new Customer[Math.min(atOnce, job.customers() - first)];
      play(job, timeline, first, lot, ledger);
    }
    return ledger;
  }

  /** Applies the events of as many customers as the lot has room for, from a number on. */
  private static void play(Job job, Timeline timeline, int first, Customer[] lot, Ledger ledger) {
    JobEvents events = new JobEvents(job);
    while (events.hasNext()) {
      JobEvents.Arrived next = events.next();
      int place = next.customer() - first;
      if (place >= 0 && place < lot.length) {
        Decision outcome =
            timeline.apply(
                Optional.ofNullable(lot[place]),
                Acceptance.settle(next.event(), next.arrivedAt()),
                next.arrivedAt());
        lot[place] = outcome.customer();
        note(outcome, next.customer(), ledger);
      }
    }
    for (int place = 0; place < lot.length; place++) {
      note(timeline.advance(lot[place], job.end() + 1, job.end()), first + place, ledger);
    }
  }

  private static void note(Decision outcome, int number, Ledger ledger) {
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
