package dev.lifesign.core.timeline;

import dev.lifesign.core.alert.AlertDesk;
import dev.lifesign.core.customer.AlertBook;
import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.customer.Milestones;
import dev.lifesign.core.customer.Subscription;
import dev.lifesign.core.event.Family;
import dev.lifesign.core.lifecycle.ActivityType;
import dev.lifesign.core.lifecycle.Situation;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.scoring.Scoring;
import dev.lifesign.core.time.Instants;
import java.util.List;

/**
 * The earliest instant after another at which status, reason, activity types, an alert or a score
 * can change with no further event. Computed from the situation, not searched for; at such an
 * instant it may turn out that nothing changes, but between two of them nothing does.
 */
final class Deadlines {

  private Deadlines() {}

  /**
   * The next of all deadlines.
   *
   * @param customer before or after it was judged: a judgement moves no deadline but of alerts
   * @param alerts after it
   */
  static long next(Customer customer, AlertBook alerts, Policy policy, Situation situation) {
    long at = situation.at();
    long next = nextOfStatus(customer, policy, situation);
    next =
        sooner(next, nextOfTypes(customer.milestones(), policy.activity().activeWithin(), at), at);
    next = sooner(next, AlertDesk.nextExpiry(alerts), at);
    return sooner(next, Scoring.nextChange(customer, policy.rfm(), at), at);
  }

  /** The earliest instant after another at which the status or its reason can change. */
  static long nextOfStatus(Customer customer, Policy policy, Situation situation) {
    long at = situation.at();
    long next = nextOfSubscriptions(customer.subscriptions().list(), at);
    long firstCommercial = customer.milestones().firstCommercial();
    if (firstCommercial == Instants.NEVER) {
      return next;
    }
    next = sooner(next, situation.unusedFrom(), at);
    if (!situation.entitled()) {
      next = sooner(next, situation.silence().riskAt(), at);
      next = sooner(next, situation.silence().dormantAt(), at);
      next = sooner(next, situation.silence().churnAt(), at);
    }
    return sooner(next, nextOfHealth(customer, policy.lifecycle(), situation, firstCommercial), at);
  }

  private static long nextOfSubscriptions(List<Subscription> subscriptions, long at) {
    long next = Instants.FOREVER;
    for (int i = 0; i < subscriptions.size(); i++) {
      Subscription subscription = subscriptions.get(i);
      if (subscription.entitledAt(at)) {
        next = sooner(next, subscription.entitledUntil(), at);
        next = sooner(next, subscription.pausedUntil(), at);
      }
    }
    return next;
  }

  private static long nextOfHealth(
      Customer customer, Policy.Lifecycle lifecycle, Situation situation, long firstCommercial) {
    long at = situation.at();
    Policy.Loyal loyal = lifecycle.loyal();
    long next = customer.commerce().panes().ordersFallBelow(loyal.orders(), loyal.withinDays(), at);
    next =
        sooner(
            next, Instants.plus(customer.standing().returnedAt(), lifecycle.reactivatedFor()), at);
    next = sooner(next, Instants.plus(firstCommercial, lifecycle.newFor()), at);
    // With no further event there are never more orders, nor an entitlement that is not there.
    boolean byTerm = situation.entitled() && loyal.subscribedFor().isPresent();
    if (byTerm || situation.ordersForLoyalty() >= loyal.orders()) {
      next = sooner(next, Instants.plus(firstCommercial, loyal.tenure()), at);
    }
    if (byTerm) {
      next =
          sooner(
              next,
              Instants.plus(
                  customer.subscriptions().entitledSince(), loyal.subscribedFor().getAsLong()),
              at);
    }
    return next;
  }

  private static long nextOfTypes(Milestones milestones, long activeWithin, long at) {
    long next =
        sooner(Instants.FOREVER, Instants.plus(milestones.lastTransaction(), activeWithin), at);
    next =
        sooner(next, Instants.plus(milestones.lastByFamily().of(Family.SUPPORT), activeWithin), at);
    return sooner(next, Instants.plus(ActivityType.lastContact(milestones), activeWithin), at);
  }

  /** The candidate, if it is after {@code at} and sooner than the next one known. */
  private static long sooner(long next, long candidate, long at) {
    return candidate > at && candidate < next ? candidate : next;
  }
}
