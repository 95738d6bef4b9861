package dev.lifesign.domain.alert;

import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.Support;

/** What an event is about. */
final class Subject {

  private Subject() {}

  /** The event's ticket, subscription or order; empty if it is about none of these. */
  static String of(Event event) {
    if (event instanceof Support support) {
      return support.ticketId();
    }
    if (event instanceof SubscriptionChange change) {
      return change.subscriptionId();
    }
    return event instanceof Purchase purchase ? purchase.orderId() : "";
  }
}
