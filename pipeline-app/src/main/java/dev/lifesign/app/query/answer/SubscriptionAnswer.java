package dev.lifesign.app.query.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.lifesign.domain.customer.Subscription;
import dev.lifesign.domain.time.Instants;
import java.time.Instant;

/**
 * A subscription.
 *
 * @param subscription its identity and state
 * @param entitlement until when it entitles the customer
 * @param paidThrough the instant up to which it is paid
 * @param runningSince the instant since which it has been running
 * @param pausedAt the start of its pause
 * @param lastEventAt when the last applied event occurred
 */
record SubscriptionAnswer(
    @JsonUnwrapped Identity subscription,
    @JsonUnwrapped Entitlement entitlement,
    Instant paidThrough,
    Instant runningSince,
    Instant pausedAt,
    Instant lastEventAt) {

  /** The identity and state of a subscription. */
  record Identity(String subscriptionId, String kind, String plan, String state) {}

  /** Until when it entitles the customer; entitledUntil is null if there is no end. */
  record Entitlement(boolean entitled, Instant entitledUntil, Instant endedAt) {

    static Entitlement of(Subscription subscription, long at) {
      boolean entitled = subscription.entitledAt(at);
      return new Entitlement(
          entitled,
          Rounding.instant(entitled ? subscription.entitledUntil() : Instants.FOREVER),
          Rounding.instant(subscription.endAt(at)));
    }
  }

  static SubscriptionAnswer of(Subscription subscription, long at) {
    return new SubscriptionAnswer(
        new Identity(
            subscription.id(),
            subscription.kind().name(),
            subscription.plan(),
            subscription.state().name()),
        Entitlement.of(subscription, at),
        Rounding.instant(subscription.paid().through()),
        Rounding.instant(subscription.entitlement().runningSince()),
        Rounding.instant(subscription.pause().from()),
        Rounding.instant(subscription.lastAppliedAt()));
  }
}
