package dev.lifesign.domain.lifecycle;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.Subscription;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.ReturnBy;
import dev.lifesign.domain.time.Instants;
import java.util.List;

/**
 * The facts about a customer at an instant that the status table reads.
 *
 * @param at the instant, not before the customer's clock
 * @param entitled whether any subscription entitles the customer
 * @param pastDue whether an entitled subscription is PAST_DUE
 * @param allEnding whether all entitled subscriptions are ENDING
 * @param unusedFrom the instant from which an entitled customer counts as not using its
 *     subscriptions; FOREVER if never, or not before a pause ends
 * @param latestEnd the latest end of a subscription; NEVER if there is none
 * @param lapsed whether the customer is a lapsed subscriber
 * @param silence what silence leads to, and when
 * @param ordersForLoyalty orders in the loyalty window
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
    // By index, here and elsewhere: an iterator would be a tenth of what an event allocates.
    for (int i = 0; i < subscriptions.size(); i++) {
      Subscription subscription = subscriptions.get(i);
      if (subscription.entitledAt(at)) {
        entitled = true;
        pastDue |= subscription.state() == Subscription.State.PAST_DUE;
        allEnding &= subscription.state() == Subscription.State.ENDING;
        allPaused &= subscription.pausedOn(at);
        latestPause = Math.max(latestPause, subscription.pause().from());
        latestRunning = Math.max(latestRunning, subscription.entitlement().runningSince());
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
        customer
            .commerce()
            .panes()
            .orders(lifecycle.health().loyal().withinDays(), policy.days().dayOf(at)));
  }
}
