package dev.lifesign.domain.history;

import dev.lifesign.domain.event.Billing;
import dev.lifesign.domain.event.Contact;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.SubscriptionKind;
import dev.lifesign.domain.event.Support;
import java.util.List;
import java.util.OptionalLong;

/** What happens in a story, but for its id and its instant. */
@FunctionalInterface
public interface Happening {

  /** The event. */
  Event as(String eventId, long occurredAt);

  /** A purchase of an order, in cents. */
  static Happening purchase(long amount) {
    return bought(Purchase.Action.PURCHASE, amount);
  }

  /** Money back, in cents. */
  static Happening refund(long amount) {
    return bought(Purchase.Action.REFUND, amount);
  }

  private static Happening bought(Purchase.Action action, long amount) {
    return (id, at) ->
        new Purchase(id, Story.CUSTOMER, at, action, "order-" + id, amount, "USD", List.of(), "");
  }

  /** A click, which weighs 1. */
  static Happening click() {
    return (id, at) ->
        new Contact(id, Story.CUSTOMER, at, Contact.Action.CLICKED, Contact.Channel.EMAIL);
  }

  /** A complaint is made under a ticket. */
  static Happening complaint(String ticket) {
    return support(Support.Action.OPENED, ticket);
  }

  /** A ticket is resolved. */
  static Happening resolution(String ticket) {
    return support(Support.Action.RESOLVED, ticket);
  }

  private static Happening support(Support.Action action, String ticket) {
    return (id, at) ->
        new Support(id, Story.CUSTOMER, at, action, ticket, Support.Category.COMPLAINT, "");
  }

  /** A subscription changes and states no date. */
  static Happening subscription(SubscriptionChange.Action action, String subscriptionId) {
    return subscription(action, subscriptionId, OptionalLong.empty());
  }

  /** A subscription changes and is paid up to a date. */
  static Happening subscription(
      SubscriptionChange.Action action, String subscriptionId, String paidThrough) {
    return subscription(action, subscriptionId, OptionalLong.of(Story.instant(paidThrough)));
  }

  private static Happening subscription(
      SubscriptionChange.Action action, String subscriptionId, OptionalLong paidThrough) {
    return (id, at) ->
        new SubscriptionChange(
            id,
            Story.CUSTOMER,
            at,
            action,
            subscriptionId,
            SubscriptionKind.SERVICE,
            "basic",
            Billing.of(999, "USD"),
            paidThrough,
            "");
  }
}
