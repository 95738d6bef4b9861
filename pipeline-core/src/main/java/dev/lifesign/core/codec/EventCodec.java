package dev.lifesign.core.codec;

import dev.lifesign.domain.event.Billing;
import dev.lifesign.domain.event.Contact;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Feedback;
import dev.lifesign.domain.event.Loyalty;
import dev.lifesign.domain.event.OrderLine;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.Social;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.SubscriptionKind;
import dev.lifesign.domain.event.Support;
import dev.lifesign.schema.ContactAction;
import dev.lifesign.schema.ContactChannel;
import dev.lifesign.schema.ContactEvent;
import dev.lifesign.schema.FeedbackAction;
import dev.lifesign.schema.FeedbackEvent;
import dev.lifesign.schema.LoyaltyAction;
import dev.lifesign.schema.LoyaltyEvent;
import dev.lifesign.schema.PurchaseAction;
import dev.lifesign.schema.PurchaseEvent;
import dev.lifesign.schema.PurchaseItem;
import dev.lifesign.schema.SocialAction;
import dev.lifesign.schema.SocialEvent;
import dev.lifesign.schema.SubscriptionAction;
import dev.lifesign.schema.SubscriptionEvent;
import dev.lifesign.schema.SupportAction;
import dev.lifesign.schema.SupportCategory;
import dev.lifesign.schema.SupportEvent;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.avro.specific.SpecificRecord;

/** Converts events between the wire format and the domain. */
public final class EventCodec {

  private EventCodec() {}

  /** An action, or a kind, that this version does not know. */
  public static final class UnknownActionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownActionException(String field, String record) {
      super(
          "This version does not know the %s of the %s; use one that the schema lists, or upgrade Lifesign"
              .formatted(field, record));
    }
  }

  /**
   * Converts a record to an event.
   *
   * @throws UnknownActionException if the action, or a subscription's kind, is unknown
   * @throws IllegalArgumentException if the record is not an event
   */
  public static Event decode(SpecificRecord value) {
    if (value instanceof PurchaseEvent e) {
      return new Purchase(
          e.getEventId(),
          e.getCustomerId(),
          e.getOccurredAt().toEpochMilli(),
          action(e.getAction(), Purchase.Action.class),
          e.getOrderId(),
          e.getAmount(),
          e.getCurrency(),
          e.getItems().stream()
              .map(i -> new OrderLine(i.getSku(), i.getCategory(), i.getQuantity(), i.getAmount()))
              .toList(),
          e.getChannel());
    }
    if (value instanceof SubscriptionEvent e) {
      Instant paidThrough = e.getPaidThrough();
      return new SubscriptionChange(
          e.getEventId(),
          e.getCustomerId(),
          e.getOccurredAt().toEpochMilli(),
          action(e.getAction(), SubscriptionChange.Action.class),
          e.getSubscriptionId(),
          known(e.getKind(), SubscriptionKind.class, "kind"),
          e.getPlan(),
          new Billing(
              e.getAmount(),
              e.getCurrency(),
              e.getPeriod(),
              optional(e.getQuantity()),
              optional(e.getCharged()),
              e.getTrial()),
          paidThrough == null ? OptionalLong.empty() : OptionalLong.of(paidThrough.toEpochMilli()),
          e.getCancelReason());
    }
    if (value instanceof SupportEvent e) {
      return new Support(
          e.getEventId(),
          e.getCustomerId(),
          e.getOccurredAt().toEpochMilli(),
          action(e.getAction(), Support.Action.class),
          e.getTicketId(),
          Support.Category.valueOf(e.getCategory().name()),
          e.getChannel());
    }
    if (value instanceof SocialEvent e) {
      return new Social(
          e.getEventId(),
          e.getCustomerId(),
          e.getOccurredAt().toEpochMilli(),
          action(e.getAction(), Social.Action.class),
          e.getNetwork(),
          e.getSentiment() == null ? OptionalDouble.empty() : OptionalDouble.of(e.getSentiment()),
          e.getRating() == null ? OptionalInt.empty() : OptionalInt.of(e.getRating()));
    }
    if (value instanceof ContactEvent e) {
      return new Contact(
          e.getEventId(),
          e.getCustomerId(),
          e.getOccurredAt().toEpochMilli(),
          action(e.getAction(), Contact.Action.class),
          Contact.Channel.valueOf(e.getChannel().name()));
    }
    if (value instanceof FeedbackEvent e) {
      return new Feedback(
          e.getEventId(),
          e.getCustomerId(),
          e.getOccurredAt().toEpochMilli(),
          action(e.getAction(), Feedback.Action.class),
          e.getScore(),
          e.getScaleMax(),
          e.getComment());
    }
    if (value instanceof LoyaltyEvent e) {
      return new Loyalty(
          e.getEventId(),
          e.getCustomerId(),
          e.getOccurredAt().toEpochMilli(),
          action(e.getAction(), Loyalty.Action.class),
          e.getPoints(),
          e.getTier());
    }
    throw new IllegalArgumentException(
        "The record is a " + value.getSchema().getFullName() + ", not an event");
  }

  /** Converts an event to a record. */
  public static SpecificRecord encode(Event event) {
    Instant at = Instant.ofEpochMilli(event.occurredAt());
    if (event instanceof Purchase e) {
      return new PurchaseEvent(
          e.eventId(),
          e.customerId(),
          at,
          PurchaseAction.valueOf(e.action().name()),
          e.orderId(),
          e.amount(),
          e.currency(),
          e.items().stream()
              .map(i -> new PurchaseItem(i.sku(), i.category(), i.quantity(), i.amount()))
              .toList(),
          e.channel());
    }
    if (event instanceof SubscriptionChange e) {
      return new SubscriptionEvent(
          e.eventId(),
          e.customerId(),
          at,
          SubscriptionAction.valueOf(e.action().name()),
          e.subscriptionId(),
          dev.lifesign.schema.SubscriptionKind.valueOf(e.kind().name()),
          e.plan(),
          e.billing().amount(),
          e.billing().currency(),
          e.paidThrough().isPresent() ? Instant.ofEpochMilli(e.paidThrough().getAsLong()) : null,
          e.billing().period(),
          orNull(e.billing().quantity()),
          e.billing().trial(),
          orNull(e.billing().charged()),
          e.cancelReason());
    }
    if (event instanceof Support e) {
      return new SupportEvent(
          e.eventId(),
          e.customerId(),
          at,
          SupportAction.valueOf(e.action().name()),
          e.ticketId(),
          SupportCategory.valueOf(e.category().name()),
          e.channel());
    }
    if (event instanceof Social e) {
      return new SocialEvent(
          e.eventId(),
          e.customerId(),
          at,
          SocialAction.valueOf(e.action().name()),
          e.network(),
          e.sentiment().isPresent() ? e.sentiment().getAsDouble() : null,
          e.rating().isPresent() ? e.rating().getAsInt() : null);
    }
    if (event instanceof Contact e) {
      return new ContactEvent(
          e.eventId(),
          e.customerId(),
          at,
          ContactAction.valueOf(e.action().name()),
          ContactChannel.valueOf(e.channel().name()));
    }
    if (event instanceof Feedback e) {
      return new FeedbackEvent(
          e.eventId(),
          e.customerId(),
          at,
          FeedbackAction.valueOf(e.action().name()),
          e.score(),
          e.scaleMax(),
          e.comment());
    }
    Loyalty e = (Loyalty) event;
    return new LoyaltyEvent(
        e.eventId(),
        e.customerId(),
        at,
        LoyaltyAction.valueOf(e.action().name()),
        e.points(),
        e.tier());
  }

  private static OptionalLong optional(Long value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static Long orNull(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  private static <T extends Enum<T>> T action(Enum<?> wire, Class<T> type) {
    return known(wire, type, "action");
  }

  private static <T extends Enum<T>> T known(Enum<?> wire, Class<T> type, String field) {
    if (wire.name().equals("UNKNOWN")) {
      throw new UnknownActionException(field, "event");
    }
    return Enum.valueOf(type, wire.name());
  }
}
