package dev.lifesign.domain.timeline;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.Milestones;
import dev.lifesign.domain.customer.Subscription;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.lifecycle.ActivityType;
import dev.lifesign.domain.lifecycle.Situation;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.scoring.Scoring;
import dev.lifesign.domain.time.Instants;
import java.util.List;

/**
 * The next instant at which status, reason, activity types or a score can change without a further
 * event. It is computed from the situation, not searched for. At such an instant nothing may
 * change, but between two of them nothing does.
 */
final class Deadlines {

  private Deadlines() {}

  /** The next deadline of any kind, those of the cases left out. */
  static long next(Customer customer, Policy policy, Situation situation) {
    long at = situation.at();
    long next = nextOfStatus(customer, policy, situation);
    next =
        sooner(next, nextOfTypes(customer.milestones(), policy.activity().activeWithin(), at), at);
    return sooner(next, Scoring.nextChange(customer, policy, at), at);
  }

  /** The next instant at which the status or its reason can change. */
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
    return sooner(next, nextOfHealth(customer, policy, situation, firstCommercial), at);
  }

  private static long nextOfSubscriptions(List<Subscription> subscriptions, long at) {
    long next = Instants.FOREVER;
    for (int i = 0; i < subscriptions.size(); i++) {
      Subscription subscription = subscriptions.get(i);
      if (subscription.entitledAt(at)) {
        next = sooner(next, subscription.entitledUntil(), at);
        next = sooner(next, subscription.pause().until(), at);
      }
    }
    return next;
  }

  private static long nextOfHealth(
      Customer customer, Policy policy, Situation situation, long firstCommercial) {
    long at = situation.at();
    Policy.Lifecycle lifecycle = policy.lifecycle();
    Policy.Loyal loyal = lifecycle.health().loyal();
    int today = policy.days().dayOf(at);
    long next =
        customer
            .commerce()
            .panes()
            .ordersFallBelow(loyal.orders(), loyal.withinDays(), today, policy.days());
    next =
        sooner(
            next,
            Instants.plus(customer.statusState().returnedAt(), lifecycle.health().reactivatedFor()),
            at);
    next = sooner(next, Instants.plus(firstCommercial, lifecycle.health().newFor()), at);
    // Without a further event, orders only fall and no entitlement begins.
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

  /** The candidate, if it is after {@code at} and sooner than the next deadline so far. */
  private static long sooner(long next, long candidate, long at) {
    return candidate > at && candidate < next ? candidate : next;
  }
}
