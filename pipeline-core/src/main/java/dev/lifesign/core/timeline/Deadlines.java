package dev.lifesign.core.timeline;

import dev.lifesign.core.alert.AlertDesk;
import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.customer.Milestones;
import dev.lifesign.core.customer.Subscription;
import dev.lifesign.core.event.Family;
import dev.lifesign.core.lifecycle.ActivityType;
import dev.lifesign.core.lifecycle.Situation;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.scoring.Scoring;
import dev.lifesign.core.time.Instants;

/**
 * The earliest instant after another at which status, reason, activity types, an alert or a score
 * can change with no further event. Computed from the situation, not searched for; at such an
 * instant it may turn out that nothing changes, but between two of them nothing does.
 */
final class Deadlines {

  private final long at;
  private long next = Instants.FOREVER;

  private Deadlines(long at) {
    this.at = at;
  }

  static long next(Customer customer, Policy policy, Situation situation) {
    Deadlines deadlines = new Deadlines(situation.at());
    deadlines.ofStatus(customer, policy, situation);
    deadlines.ofTypes(customer.milestones(), policy.activity().activeWithin());
    deadlines.candidate(AlertDesk.nextExpiry(customer.alerts()));
    deadlines.candidate(Scoring.nextChange(customer, policy.rfm(), situation.at()));
    return deadlines.next;
  }

  /** The earliest instant after another at which the status or its reason can change. */
  static long nextOfStatus(Customer customer, Policy policy, Situation situation) {
    Deadlines deadlines = new Deadlines(situation.at());
    deadlines.ofStatus(customer, policy, situation);
    return deadlines.next;
  }

  private void ofStatus(Customer customer, Policy policy, Situation situation) {
    for (Subscription subscription : customer.subscriptions().list()) {
      if (subscription.entitledAt(at)) {
        candidate(subscription.entitledUntil());
        candidate(subscription.pausedUntil());
      }
    }
    long firstCommercial = customer.milestones().firstCommercial();
    if (firstCommercial == Instants.NEVER) {
      return;
    }
    candidate(situation.unusedFrom());
    if (!situation.entitled()) {
      candidate(situation.silence().riskAt());
      candidate(situation.silence().dormantAt());
      candidate(situation.silence().churnAt());
    }
    ofHealth(customer, policy.lifecycle(), situation, firstCommercial);
  }

  private void ofHealth(
      Customer customer, Policy.Lifecycle lifecycle, Situation situation, long firstCommercial) {
    Policy.Loyal loyal = lifecycle.loyal();
    candidate(Instants.plus(customer.standing().returnedAt(), lifecycle.reactivatedFor()));
    candidate(Instants.plus(firstCommercial, lifecycle.newFor()));
    // With no further event there are never more orders, nor an entitlement that is not there.
    boolean byTerm = situation.entitled() && loyal.subscribedFor().isPresent();
    if (byTerm || situation.ordersForLoyalty() >= loyal.orders()) {
      candidate(Instants.plus(firstCommercial, loyal.tenure()));
    }
    if (byTerm) {
      candidate(
          Instants.plus(
              customer.subscriptions().entitledSince(), loyal.subscribedFor().getAsLong()));
    }
    candidate(customer.commerce().panes().ordersFallBelow(loyal.orders(), loyal.withinDays(), at));
  }

  private void ofTypes(Milestones milestones, long activeWithin) {
    candidate(Instants.plus(milestones.lastTransaction(), activeWithin));
    candidate(Instants.plus(milestones.lastByFamily().of(Family.SUPPORT), activeWithin));
    candidate(Instants.plus(ActivityType.lastContact(milestones), activeWithin));
  }

  private void candidate(long instant) {
    if (instant > at && instant < next) {
      next = instant;
    }
  }
}
