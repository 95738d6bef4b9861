package dev.lifesign.domain.cel;

import static java.util.stream.Collectors.toMap;

import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.lifesign.domain.event.Contact;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.Feedback;
import dev.lifesign.domain.event.Loyalty;
import dev.lifesign.domain.event.OrderLine;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.Social;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.Support;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * A field of {@code event}: its type, the families that have it, and how each reads it. An empty
 * text is one that the source did not state, so it is absent, as is a channel UNKNOWN.
 */
final class EventField {

  private static final StructType ITEM =
      StructOf.type(
          "item",
          ImmutableMap.of(
              "sku", SimpleType.STRING,
              "category", SimpleType.STRING,
              "quantity", SimpleType.INT,
              "amount", SimpleType.INT));

  private static final Map<String, EventField> BY_NAME =
      Arrays.stream(
              new EventField[] {
                common("eventId", SimpleType.STRING, Event::eventId),
                common("customerId", SimpleType.STRING, Event::customerId),
                common(
                    "occurredAt",
                    SimpleType.TIMESTAMP,
                    event -> Instant.ofEpochMilli(event.occurredAt())),
                common("family", SimpleType.STRING, event -> event.family().label()),
                common("action", SimpleType.STRING, event -> event.action().name()),
                new EventField("orderId", SimpleType.STRING)
                    .of(Family.PURCHASE, Purchase.class, purchase -> text(purchase.orderId())),
                new EventField("amount", SimpleType.INT)
                    .of(Family.PURCHASE, Purchase.class, purchase -> some(purchase.amount()))
                    .of(
                        Family.SUBSCRIPTION,
                        SubscriptionChange.class,
                        change -> some(change.billing().amount())),
                new EventField("currency", SimpleType.STRING)
                    .of(Family.PURCHASE, Purchase.class, purchase -> text(purchase.currency()))
                    .of(
                        Family.SUBSCRIPTION,
                        SubscriptionChange.class,
                        change -> text(change.billing().currency())),
                new EventField("items", ListType.create(ITEM))
                    .of(Family.PURCHASE, Purchase.class, purchase -> some(items(purchase.items()))),
                new EventField("channel", SimpleType.STRING)
                    .of(Family.PURCHASE, Purchase.class, purchase -> text(purchase.channel()))
                    .of(Family.SUPPORT, Support.class, support -> text(support.channel()))
                    .of(Family.CONTACT, Contact.class, contact -> channel(contact.channel())),
                subscription("subscriptionId", SimpleType.STRING, c -> text(c.subscriptionId())),
                subscription("kind", SimpleType.STRING, c -> some(c.kind().name())),
                subscription("plan", SimpleType.STRING, c -> text(c.plan())),
                subscription("paidThrough", SimpleType.TIMESTAMP, c -> instant(c.paidThrough())),
                subscription("period", SimpleType.STRING, c -> text(c.billing().period())),
                subscription("quantity", SimpleType.INT, c -> number(c.billing().quantity())),
                subscription("trial", SimpleType.BOOL, c -> some(c.billing().trial())),
                subscription("charged", SimpleType.INT, c -> number(c.billing().charged())),
                subscription("cancelReason", SimpleType.STRING, c -> text(c.cancelReason())),
                new EventField("ticketId", SimpleType.STRING)
                    .of(Family.SUPPORT, Support.class, support -> text(support.ticketId())),
                new EventField("category", SimpleType.STRING)
                    .of(Family.SUPPORT, Support.class, support -> some(support.category().name())),
                new EventField("network", SimpleType.STRING)
                    .of(Family.SOCIAL, Social.class, social -> text(social.network())),
                new EventField("sentiment", SimpleType.DOUBLE)
                    .of(
                        Family.SOCIAL,
                        Social.class,
                        social ->
                            social.sentiment().isPresent()
                                ? some(social.sentiment().getAsDouble())
                                : Optional.empty()),
                new EventField("rating", SimpleType.INT)
                    .of(
                        Family.SOCIAL,
                        Social.class,
                        social ->
                            social.rating().isPresent()
                                ? some((long) social.rating().getAsInt())
                                : Optional.empty()),
                new EventField("score", SimpleType.INT)
                    .of(Family.FEEDBACK, Feedback.class, feedback -> some((long) feedback.score())),
                new EventField("scaleMax", SimpleType.INT)
                    .of(
                        Family.FEEDBACK,
                        Feedback.class,
                        feedback -> some((long) feedback.scaleMax())),
                new EventField("comment", SimpleType.STRING)
                    .of(Family.FEEDBACK, Feedback.class, feedback -> text(feedback.comment())),
                new EventField("points", SimpleType.INT)
                    .of(Family.LOYALTY, Loyalty.class, loyalty -> some(loyalty.points())),
                new EventField("tier", SimpleType.STRING)
                    .of(Family.LOYALTY, Loyalty.class, loyalty -> text(loyalty.tier()))
              })
          .collect(toMap(field -> field.name, field -> field));

  private final String name;
  private final CelType type;
  private final Map<Family, Function<Event, Optional<Object>>> readers =
      new EnumMap<>(Family.class);

  private EventField(String name, CelType type) {
    this.name = name;
    this.type = type;
  }

  /** The type of {@code event}. */
  static StructType event() {
    return StructOf.type(
        "event",
        BY_NAME.values().stream()
            .collect(ImmutableMap.toImmutableMap(field -> field.name, field -> field.type)));
  }

  /** The type of the elements of {@code items}. */
  static StructType item() {
    return ITEM;
  }

  /** The value of the field of that name; empty if the event has none. */
  static Optional<Object> read(String name, Event event) {
    EventField field = BY_NAME.get(name);
    Function<Event, Optional<Object>> reader =
        field == null ? null : field.readers.get(event.family());
    return reader == null ? Optional.empty() : reader.apply(event);
  }

  /** The families that have the field of that name. */
  static Set<Family> families(String name) {
    EventField field = BY_NAME.get(name);
    return field == null
        ? EnumSet.noneOf(Family.class)
        : Collections.unmodifiableSet(field.readers.keySet());
  }

  private static EventField common(String name, CelType type, Function<Event, Object> reader) {
    EventField field = new EventField(name, type);
    for (Family family : Family.values()) {
      field.readers.put(family, event -> Optional.of(reader.apply(event)));
    }
    return field;
  }

  private static EventField subscription(
      String name, CelType type, Function<SubscriptionChange, Optional<Object>> reader) {
    return new EventField(name, type).of(Family.SUBSCRIPTION, SubscriptionChange.class, reader);
  }

  private <E extends Event> EventField of(
      Family family, Class<E> events, Function<E, Optional<Object>> reader) {
    readers.put(family, event -> reader.apply(events.cast(event)));
    return this;
  }

  private static Optional<Object> some(Object value) {
    return Optional.of(value);
  }

  private static Optional<Object> text(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static Optional<Object> channel(Contact.Channel channel) {
    return channel == Contact.Channel.UNKNOWN ? Optional.empty() : Optional.of(channel.name());
  }

  private static Optional<Object> number(OptionalLong number) {
    return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
  }

  private static Optional<Object> instant(OptionalLong instant) {
    return instant.isPresent()
        ? Optional.of(Instant.ofEpochMilli(instant.getAsLong()))
        : Optional.empty();
  }

  private static List<StructOf> items(List<OrderLine> lines) {
    return lines.stream().map(line -> new StructOf(ITEM, field -> ofLine(line, field))).toList();
  }

  private static Optional<Object> ofLine(OrderLine line, String field) {
    return switch (field) {
      case "sku" -> text(line.sku());
      case "category" -> text(line.category());
      case "quantity" -> some((long) line.quantity());
      case "amount" -> some(line.amount());
      default -> Optional.empty();
    };
  }
}
