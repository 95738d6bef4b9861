package dev.lifesign.domain.condition;

import dev.lifesign.domain.customer.Subscription;
import dev.lifesign.domain.policy.Condition;
import dev.lifesign.domain.time.Instants;
import java.util.List;

/** The condition that a subscription is about to be renewed. */
final class Renewals {

  private Renewals() {}

  static boolean holds(Condition.RenewalAhead when, Scene scene) {
    List<Subscription> subscriptions = scene.customer().subscriptions().list();
    for (int i = 0; i < subscriptions.size(); i++) {
      Subscription subscription = subscriptions.get(i);
      if (renews(subscription, scene.at()) && beginOf(when, subscription) <= scene.at()) {
        return true;
      }
    }
    return false;
  }

  /** The first begin that lies ahead; while it holds, the last end of what makes it hold. */
  static long next(Condition.RenewalAhead when, Scene scene) {
    long firstBegin = Instants.FOREVER;
    long lastEnd = Instants.NEVER;
    List<Subscription> subscriptions = scene.customer().subscriptions().list();
    for (int i = 0; i < subscriptions.size(); i++) {
      Subscription subscription = subscriptions.get(i);
      if (renews(subscription, scene.at())) {
        long begin = beginOf(when, subscription);
        if (begin > scene.at()) {
          firstBegin = Math.min(firstBegin, begin);
        } else {
          lastEnd = Math.max(lastEnd, subscription.paid().through());
        }
      }
    }
    return lastEnd == Instants.NEVER ? firstBegin : lastEnd;
  }

  /**
   * Whether its renewal lies ahead. What is ACTIVE stays entitled until then, and for its grace.
   */
  private static boolean renews(Subscription subscription, long at) {
    return subscription.state() == Subscription.State.ACTIVE
        && subscription.entitledAt(at)
        && at < subscription.paid().through();
  }

  private static long beginOf(Condition.RenewalAhead when, Subscription subscription) {
    long term = subscription.paid().term();
    long ahead = term != Instants.NEVER && when.ahead() > term ? term / 2 : when.ahead();
    return subscription.paid().through() - ahead;
  }
}
