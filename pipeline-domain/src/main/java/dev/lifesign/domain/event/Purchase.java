package dev.lifesign.domain.event;

import java.util.List;

/**
 * A purchase or a refund.
 *
 * @param orderId the order; may be empty
 * @param amount minor units of the currency, 0 or more
 * @param currency ISO 4217 code
 * @param items the lines of the order; may be empty
 * @param channel where it was bought; may be empty
 */
public record Purchase(
    String eventId,
    String customerId,
    long occurredAt,
    Action action,
    String orderId,
    long amount,
    String currency,
    List<OrderLine> items,
    String channel)
    implements Event {

  /** Keeps its own copy of the lines. */
  public Purchase {
    items = List.copyOf(items);
  }

  /** What happened. */
  public enum Action {
    PURCHASE,
    REFUND
  }

  @Override
  public Family family() {
    return Family.PURCHASE;
  }

  @Override
  public Purchase occurringAt(long instant) {
    return new Purchase(
        eventId, customerId, instant, action, orderId, amount, currency, items, channel);
  }
}
