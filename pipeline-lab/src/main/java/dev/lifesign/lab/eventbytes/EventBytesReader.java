package dev.lifesign.lab.eventbytes;

import dev.lifesign.domain.customer.RecentEvents;
import dev.lifesign.domain.event.Billing;
import dev.lifesign.domain.event.Contact;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.Feedback;
import dev.lifesign.domain.event.Loyalty;
import dev.lifesign.domain.event.OrderLine;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.Social;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.SubscriptionKind;
import dev.lifesign.domain.event.Support;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.lab.fit.Buyer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads what {@link EventBytesWriter} wrote. For one thread. */
public final class EventBytesReader {

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

  private final byte[] bytes;
  private final ByteBuffer from;

  /** Text that is mostly the same from one purchase to the next. */
  private final Repeated currency = new Repeated();

  private final Repeated channel = new Repeated();

  /** A reader of the bytes, which are not copied. */
  public EventBytesReader(byte[] bytes) {
    this.bytes = bytes;
    this.from = ByteBuffer.wrap(bytes);
  }

  /** The offset after what was read last. */
  public int position() {
    return from.position();
  }

  /** Reads the event of a customer that begins at an offset. */
  public Event read(String customer, int at) {
    from.position(at);
    Family family = FAMILIES[from.get()];
    String id = text();
    long occurredAt = from.getLong();
    return switch (family) {
      case PURCHASE -> purchase(id, customer, occurredAt);
      case SUBSCRIPTION ->
          new SubscriptionChange(
              id,
              customer,
              occurredAt,
              CHANGES[from.get()],
              text(),
              KINDS[from.get()],
              text(),
              new Billing(from.getLong(), text(), text(), optionalLong(), optionalLong(), flag()),
              optionalLong(),
              text());
      case SUPPORT ->
          new Support(
              id,
              customer,
              occurredAt,
              SUPPORTS[from.get()],
              text(),
              CATEGORIES[from.get()],
              text());
      case SOCIAL ->
          new Social(
              id,
              customer,
              occurredAt,
              SOCIALS[from.get()],
              text(),
              flag() ? OptionalDouble.of(from.getDouble()) : OptionalDouble.empty(),
              flag() ? OptionalInt.of(from.getInt()) : OptionalInt.empty());
      case CONTACT ->
          new Contact(id, customer, occurredAt, CONTACTS[from.get()], CHANNELS[from.get()]);
      case FEEDBACK ->
          new Feedback(
              id,
              customer,
              occurredAt,
              FEEDBACKS[from.get()],
              from.getInt(),
              from.getInt(),
              text());
      case LOYALTY ->
          new Loyalty(id, customer, occurredAt, LOYALTIES[from.get()], from.getLong(), text());
    };
  }

  /**
   * Passes the event that begins at an offset to a buyer if it is a purchase or a refund, without
   * creating an event.
   *
   * @param policy whose calendar and currencies apply
   */
  public void buy(int at, Buyer buyer, Policy policy) {
    from.position(at);
    if (FAMILIES[from.get()] == Family.PURCHASE) {
      int length = from.getInt();
      int id = from.position();
      from.position(id + length);
      buyer.accept(
          RecentEvents.hash(bytes, id, id + length),
          policy.days().dayOf(from.getLong()),
          PURCHASES[from.get()],
          policy.currency().toBase(from.getLong(), text(currency)).orElse(0),
          hash());
    }
  }

  /** The hash of a text; 0 if it is empty. */
  private long hash() {
    int length = from.getInt();
    int begin = from.position();
    from.position(begin + length);
    return length == 0 ? 0 : RecentEvents.hash(bytes, begin, begin + length);
  }

  private Purchase purchase(String id, String customer, long occurredAt) {
    Purchase.Action action = PURCHASES[from.get()];
    long amount = from.getLong();
    String code = text(currency);
    String order = text();
    return new Purchase(
        id, customer, occurredAt, action, order, amount, code, items(), text(channel));
  }

  private List<OrderLine> items() {
    int size = from.getInt();
    if (size == 0) {
      return List.of();
    }
    List<OrderLine> items = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      items.add(new OrderLine(text(), text(), from.getInt(), from.getLong()));
    }
    return items;
  }

  private OptionalLong optionalLong() {
    return flag() ? OptionalLong.of(from.getLong()) : OptionalLong.empty();
  }

  private boolean flag() {
    return from.get() != 0;
  }

  private String text() {
    int length = from.getInt();
    int begin = from.position();
    from.position(begin + length);
    return length == 0 ? "" : new String(bytes, begin, length, StandardCharsets.UTF_8);
  }

  private String text(Repeated last) {
    int length = from.getInt();
    int begin = from.position();
    from.position(begin + length);
    return last.of(bytes, begin, begin + length);
  }

  /** Text that is often the same as the last one. */
  private static final class Repeated {

    private byte[] utf8 = {};
    private String text = "";

    String of(byte[] bytes, int begin, int end) {
      if (!Arrays.equals(utf8, 0, utf8.length, bytes, begin, end)) {
        utf8 = Arrays.copyOfRange(bytes, begin, end);
        text = new String(utf8, StandardCharsets.UTF_8);
      }
      return text;
    }
  }
}
