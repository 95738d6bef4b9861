package dev.lifesign.domain.event;

import java.util.OptionalLong;

/**
 * Something that happened to a subscription.
 *
 * @param subscriptionId the subscription, unique within the customer
 * @param kind goods or a service
 * @param plan the plan; may be empty
 * @param amount what was charged, minor units of the currency, 0 or more
 * @param currency ISO 4217 code; may be empty where the amount is 0
 * @param paidThrough the instant up to which it is paid; empty if the source does not say
 */
public record SubscriptionChange(
    String eventId,
    String customerId,
    long occurredAt,
    Action action,
    String subscriptionId,
    SubscriptionKind kind,
    String plan,
    long amount,
    String currency,
    OptionalLong paidThrough)
    implements Event {

  /** What happened. */
  public enum Action {
    STARTED,
    RENEWED,
    UPGRADED,
    DOWNGRADED,
    PAUSED,
    RESUMED,
    PAYMENT_FAILED,
    CANCEL_SCHEDULED,
    CANCELLED,
    EXPIRED
  }

  @Override
  public Family family() {
    return Family.SUBSCRIPTION;
  }

  @Override
  public SubscriptionChange occurringAt(long instant) {
    return new SubscriptionChange(
        eventId,
        customerId,
        instant,
        action,
        subscriptionId,
        kind,
        plan,
        amount,
        currency,
        paidThrough);
  }
}
