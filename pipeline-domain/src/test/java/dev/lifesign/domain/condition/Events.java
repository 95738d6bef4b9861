package dev.lifesign.domain.condition;

import dev.lifesign.domain.event.Billing;
import dev.lifesign.domain.event.Contact;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.SubscriptionKind;
import java.util.List;
import java.util.OptionalLong;

/** Events of one customer; the instant is a part of the id. */
final class Events {

  private Events() {}

  static Purchase purchase(long at) {
    return new Purchase(
        "p" + at, "c", at, Purchase.Action.PURCHASE, "o" + at, 1_000, "USD", List.of(), "");
  }

  static Contact click(long at) {
    return new Contact("c" + at, "c", at, Contact.Action.CLICKED, Contact.Channel.EMAIL);
  }

  static SubscriptionChange subscription(
      String id, SubscriptionChange.Action action, long at, OptionalLong paidThrough) {
    return new SubscriptionChange(
        id + at,
        "c",
        at,
        action,
        id,
        SubscriptionKind.SERVICE,
        "basic",
        Billing.of(999, "USD"),
        paidThrough,
        "");
  }
}
