package dev.lifesign.core.lifecycle;

import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.customer.Subscription;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.policy.ReturnBy;
import dev.lifesign.core.time.Instants;
import java.util.List;

/**
 * What the table of statuses reads of a customer at an instant.
 *
 * @param at the instant, not before the customer's clock
 * @param entitled whether any subscription entitles
 * @param pastDue whether an entitled subscription is PAST_DUE
 * @param allEnding whether all entitled subscriptions are ENDING
 * @param unusedFrom the instant from which an entitled customer counts as not using; FOREVER if
 *     never, or not before a pause ends
 * @param latestEnd the latest end of a subscription; NEVER if there is none
 * @param lapsed whether the customer is a lapsed subscriber
 * @param silence when silence becomes what
 * @param ordersForLoyalty orders in the window of loyalty
 */
public record Situation(
    long at,
    boolean entitled,
    boolean pastDue,
    boolean allEnding,
    long unusedFrom,
    long latestEnd,
    boolean lapsed,
    Silence silence,
    long ordersForLoyalty) {

  /** The situation of a customer at an instant not before its clock. */
  public static Situation of(Customer customer, Policy policy, long at) {
    boolean entitled = false;
    boolean pastDue = false;
    boolean allEnding = true;
    boolean allPaused = true;
    long latestPause = Instants.NEVER;
    long latestRunning = Instants.NEVER;
    long latestEnd = Instants.NEVER;
    List<Subscription> subscriptions = customer.subscriptions().list();
    // By place, here and elsewhere: an iterator would be a tenth of all that an event allocates.
    for (int i = 0; i < subscriptions.size(); i++) {
      Subscription subscription = subscriptions.get(i);
      if (subscription.entitledAt(at)) {
        entitled = true;
        pastDue |= subscription.state() == Subscription.State.PAST_DUE;
        allEnding &= subscription.state() == Subscription.State.ENDING;
        allPaused &= subscription.pausedOn(at);
        latestPause = Math.max(latestPause, subscription.pausedAt());
        latestRunning = Math.max(latestRunning, subscription.runningSince());
      } else {
        latestEnd = Math.max(latestEnd, subscription.endAt(at));
      }
    }
    Policy.Lifecycle lifecycle = policy.lifecycle();
    long unusedFrom = Instants.FOREVER;
    if (entitled && lifecycle.usageRiskAfter().isPresent()) {
      long lastUse = Math.max(customer.milestones().lastUse(), latestRunning);
      unusedFrom = Instants.plus(lastUse, lifecycle.usageRiskAfter().getAsLong());
      if (allPaused && unusedFrom > latestPause) {
        unusedFrom = Instants.FOREVER;
      }
    }
    boolean lapsed =
        !entitled
            && latestEnd != Instants.NEVER
            && customer.milestones().lastPurchase() <= latestEnd;
    long silentSince =
        lapsed && lifecycle.returnBy() == ReturnBy.COMMERCIAL
            ? latestEnd
            : Math.max(customer.milestones().lastCounting(), latestEnd);
    return new Situation(
        at,
        entitled,
        pastDue,
        entitled && allEnding,
        unusedFrom,
        latestEnd,
        lapsed,
        Silence.since(silentSince, customer.commerce().purchaseDays(), policy),
        customer.commerce().panes().orders(lifecycle.loyal().withinDays(), at));
  }
}
