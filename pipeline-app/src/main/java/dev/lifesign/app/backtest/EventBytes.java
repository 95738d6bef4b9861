package dev.lifesign.app.backtest;

import dev.lifesign.core.event.Contact;
import dev.lifesign.core.event.Event;
import dev.lifesign.core.event.Family;
import dev.lifesign.core.event.Feedback;
import dev.lifesign.core.event.Loyalty;
import dev.lifesign.core.event.OrderLine;
import dev.lifesign.core.event.Purchase;
import dev.lifesign.core.event.Social;
import dev.lifesign.core.event.SubscriptionChange;
import dev.lifesign.core.event.SubscriptionKind;
import dev.lifesign.core.event.Support;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/**
 * Events in few bytes, for a file that the same process reads again: field by field, constants by
 * their place. The customer is not named: whoever reads knows it.
 */
final class EventBytes {

  private static final Family[] FAMILIES = Family.values();
  private static final Purchase.Action[] PURCHASES = Purchase.Action.values();
  private static final SubscriptionChange.Action[] CHANGES = SubscriptionChange.Action.values();
  private static final SubscriptionKind[] KINDS = SubscriptionKind.values();
  private static final Support.Action[] SUPPORTS = Support.Action.values();
  private static final Support.Category[] CATEGORIES = Support.Category.values();
  private static final Social.Action[] SOCIALS = Social.Action.values();
  private static final Contact.Action[] CONTACTS = Contact.Action.values();
  private static final Contact.Channel[] CHANNELS = Contact.Channel.values();
  private static final Feedback.Action[] FEEDBACKS = Feedback.Action.values();
  private static final Loyalty.Action[] LOYALTIES = Loyalty.Action.values();

  private EventBytes() {}

  /** Writes an event, but for its customer. */
  static void write(Event event, Encoder to) throws IOException {
    to.writeInt(event.family().ordinal());
    to.writeString(event.eventId());
    to.writeLong(event.occurredAt());
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

  /** Reads an event of a customer from bytes in memory. */
  static Event read(String customer, Decoder from) {
    try {
      return event(customer, from);
    } catch (IOException e) {
      throw new UncheckedIOException("An event that was written can be read", e);
    }
  }

  private static Event event(String customer, Decoder from) throws IOException {
    Family family = FAMILIES[from.readInt()];
    String id = from.readString();
    long at = from.readLong();
    return switch (family) {
      case PURCHASE -> purchase(id, customer, at, from);
      case SUBSCRIPTION -> subscription(id, customer, at, from);
      case SUPPORT ->
          new Support(
              id,
              customer,
              at,
              SUPPORTS[from.readInt()],
              from.readString(),
              CATEGORIES[from.readInt()],
              from.readString());
      case SOCIAL ->
          new Social(
              id,
              customer,
              at,
              SOCIALS[from.readInt()],
              from.readString(),
              from.readBoolean() ? OptionalDouble.of(from.readDouble()) : OptionalDouble.empty(),
              from.readBoolean() ? OptionalInt.of(from.readInt()) : OptionalInt.empty());
      case CONTACT ->
          new Contact(id, customer, at, CONTACTS[from.readInt()], CHANNELS[from.readInt()]);
      case FEEDBACK ->
          new Feedback(
              id,
              customer,
              at,
              FEEDBACKS[from.readInt()],
              from.readInt(),
              from.readInt(),
              from.readString());
      case LOYALTY ->
          new Loyalty(
              id, customer, at, LOYALTIES[from.readInt()], from.readLong(), from.readString());
    };
  }

  private static void write(Purchase event, Encoder to) throws IOException {
    to.writeInt(event.action().ordinal());
    to.writeString(event.orderId());
    to.writeLong(event.amount());
    to.writeString(event.currency());
    to.writeInt(event.items().size());
    for (OrderLine line : event.items()) {
      to.writeString(line.sku());
      to.writeString(line.category());
      to.writeInt(line.quantity());
      to.writeLong(line.amount());
    }
    to.writeString(event.channel());
  }

  private static Purchase purchase(String id, String customer, long at, Decoder from)
      throws IOException {
    Purchase.Action action = PURCHASES[from.readInt()];
    String order = from.readString();
    long amount = from.readLong();
    String currency = from.readString();
    return new Purchase(
        id, customer, at, action, order, amount, currency, items(from), from.readString());
  }

  private static List<OrderLine> items(Decoder from) throws IOException {
    int size = from.readInt();
    if (size == 0) {
      return List.of();
    }
    List<OrderLine> items = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      items.add(
          new OrderLine(from.readString(), from.readString(), from.readInt(), from.readLong()));
    }
    return items;
  }

  private static void write(SubscriptionChange event, Encoder to) throws IOException {
    to.writeInt(event.action().ordinal());
    to.writeString(event.subscriptionId());
    to.writeInt(event.kind().ordinal());
    to.writeString(event.plan());
    to.writeLong(event.amount());
    to.writeString(event.currency());
    to.writeBoolean(event.paidThrough().isPresent());
    if (event.paidThrough().isPresent()) {
      to.writeLong(event.paidThrough().getAsLong());
    }
  }

  private static SubscriptionChange subscription(String id, String customer, long at, Decoder from)
      throws IOException {
    return new SubscriptionChange(
        id,
        customer,
        at,
        CHANGES[from.readInt()],
        from.readString(),
        KINDS[from.readInt()],
        from.readString(),
        from.readLong(),
        from.readString(),
        from.readBoolean() ? OptionalLong.of(from.readLong()) : OptionalLong.empty());
  }

  private static void write(Support event, Encoder to) throws IOException {
    to.writeInt(event.action().ordinal());
    to.writeString(event.ticketId());
    to.writeInt(event.category().ordinal());
    to.writeString(event.channel());
  }

  private static void write(Social event, Encoder to) throws IOException {
    to.writeInt(event.action().ordinal());
    to.writeString(event.network());
    to.writeBoolean(event.sentiment().isPresent());
    if (event.sentiment().isPresent()) {
      to.writeDouble(event.sentiment().getAsDouble());
    }
    to.writeBoolean(event.rating().isPresent());
    if (event.rating().isPresent()) {
      to.writeInt(event.rating().getAsInt());
    }
  }

  private static void write(Contact event, Encoder to) throws IOException {
    to.writeInt(event.action().ordinal());
    to.writeInt(event.channel().ordinal());
  }

  private static void write(Feedback event, Encoder to) throws IOException {
    to.writeInt(event.action().ordinal());
    to.writeInt(event.score());
    to.writeInt(event.scaleMax());
    to.writeString(event.comment());
  }

  private static void write(Loyalty event, Encoder to) throws IOException {
    to.writeInt(event.action().ordinal());
    to.writeLong(event.points());
    to.writeString(event.tier());
  }
}
