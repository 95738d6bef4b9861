package dev.lifesign.lab.eventbytes;

import dev.lifesign.domain.event.Contact;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Feedback;
import dev.lifesign.domain.event.Loyalty;
import dev.lifesign.domain.event.OrderLine;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.Social;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.Support;
import java.util.OptionalLong;

/**
 * Writes events as bytes, for a file or an array that the same process reads back ({@link
 * EventBytesReader}): field by field, constants as ordinals. The customer is left out, since the
 * reader knows it.
 */
public final class EventBytesWriter {

  private EventBytesWriter() {}

  /** Writes an event without its customer. */
  public static void write(Event event, Bytes to) {
    to.put(event.family());
    to.put(event.eventId());
    to.put(event.occurredAt());
    switch (event.family()) {
      case PURCHASE -> write((Purchase) event, to);
      case SUBSCRIPTION -> write((SubscriptionChange) event, to);
      case SUPPORT -> write((Support) event, to);
      case SOCIAL -> write((Social) event, to);
      case CONTACT -> write((Contact) event, to);
      case FEEDBACK -> write((Feedback) event, to);
      case LOYALTY -> write((Loyalty) event, to);
    }
  }

  /** The fields that {@link EventBytesReader#buy} reads come first. */
  private static void write(Purchase event, Bytes to) {
    to.put(event.action());
    to.put(event.amount());
    to.put(event.currency());
    to.put(event.orderId());
    to.put(event.items().size());
    for (OrderLine line : event.items()) {
      to.put(line.sku());
      to.put(line.category());
      to.put(line.quantity());
      to.put(line.amount());
    }
    to.put(event.channel());
  }

  private static void write(SubscriptionChange event, Bytes to) {
    to.put(event.action());
    to.put(event.subscriptionId());
    to.put(event.kind());
    to.put(event.plan());
    to.put(event.billing().amount());
    to.put(event.billing().currency());
    to.put(event.billing().period());
    write(event.billing().quantity(), to);
    write(event.billing().charged(), to);
    to.put(event.billing().trial());
    write(event.paidThrough(), to);
    to.put(event.cancelReason());
  }

  private static void write(OptionalLong value, Bytes to) {
    to.put(value.isPresent());
    if (value.isPresent()) {
      to.put(value.getAsLong());
    }
  }

  private static void write(Support event, Bytes to) {
    to.put(event.action());
    to.put(event.ticketId());
    to.put(event.category());
    to.put(event.channel());
  }

  private static void write(Social event, Bytes to) {
    to.put(event.action());
    to.put(event.network());
    to.put(event.sentiment().isPresent());
    if (event.sentiment().isPresent()) {
      to.put(event.sentiment().getAsDouble());
    }
    to.put(event.rating().isPresent());
    if (event.rating().isPresent()) {
      to.put(event.rating().getAsInt());
    }
  }

  private static void write(Contact event, Bytes to) {
    to.put(event.action());
    to.put(event.channel());
  }

  private static void write(Feedback event, Bytes to) {
    to.put(event.action());
    to.put(event.score());
    to.put(event.scaleMax());
    to.put(event.comment());
  }

  private static void write(Loyalty event, Bytes to) {
    to.put(event.action());
    to.put(event.points());
    to.put(event.tier());
  }
}
