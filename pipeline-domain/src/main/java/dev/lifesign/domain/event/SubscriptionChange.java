package dev.lifesign.domain.event;

import java.util.OptionalLong;

/**
 * Something that happened to a subscription.
 *
 * @param subscriptionId the subscription, unique within the customer
 * @param kind goods or a service
 * @param plan the plan; may be empty
 * @param billing what it costs
 * @param paidThrough the instant up to which it is paid; empty if the source does not say
 * @param cancelReason why it ends, in the source's words; may be empty
 */
public record SubscriptionChange(
    String eventId,
    String customerId,
    long occurredAt,
    Action action,
    String subscriptionId,
    SubscriptionKind kind,
    String plan,
    Billing billing,
    OptionalLong paidThrough,
    String cancelReason)
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

  /** How far ahead of the event it is paid, milliseconds; empty if it does not say, or is not. */
  public OptionalLong paidAhead() {
    return paidThrough.isPresent() && paidThrough.getAsLong() > occurredAt
        ? OptionalLong.of(paidThrough.getAsLong() - occurredAt)
        : OptionalLong.empty();
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
        billing,
        paidThrough,
        cancelReason);
  }
}
