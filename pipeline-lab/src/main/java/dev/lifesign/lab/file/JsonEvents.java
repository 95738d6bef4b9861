package dev.lifesign.lab.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lifesign.domain.event.Billing;
import dev.lifesign.domain.event.Contact;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.Feedback;
import dev.lifesign.domain.event.Loyalty;
import dev.lifesign.domain.event.OrderLine;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.Rejection;
import dev.lifesign.domain.event.RejectionReason;
import dev.lifesign.domain.event.Social;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.SubscriptionKind;
import dev.lifesign.domain.event.Support;
import dev.lifesign.domain.time.Instants;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Reads an event from a line of JSON. */
final class JsonEvents {

  private static final Map<String, Family> FAMILIES = new TreeMap<>();

  static {
    for (Family family : Family.values()) {
      FAMILIES.put(family.label(), family);
    }
  }

  private JsonEvents() {}

  /** A line that is not an event. */
  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Rejection rejection;
    private final String kind;

    Unreadable(RejectionReason reason, String kind, String message) {
      super(message, null, false, false);
      this.rejection = new Rejection(reason, message);
      this.kind = kind;
    }
  }

  /** Reads the fields of a line. */
  private interface Reading {
    Optional<JsonFields> fields() throws JsonProcessingException;
  }

  static Line read(long number, String text) {
    return read(number, text, () -> JsonFields.read(text));
  }

  /**
   * Reads an ASCII line from its bytes.
   *
   * @param text the line
   * @param from the offset of its bytes, one per character
   */
  static Line readAscii(long number, String text, byte[] bytes, int from) {
    return read(number, text, () -> JsonFields.readAscii(text, bytes, from));
  }

  private static Line read(long number, String text, Reading reading) {
    try {
      Optional<JsonFields> fields = reading.fields();
      if (fields.isEmpty()) {
        throw new Unreadable(
            RejectionReason.UNDECODABLE,
            "lines that are not an object",
            "The line is JSON, but not an object; write one event per line, in braces");
      }
      Event event = event(fields.get());
      long arrivedAt =
          fields.get().has("arrivedAt") ? instant(fields.get(), "arrivedAt") : event.occurredAt();
      return Line.of(number, arrivedAt, event, text);
    } catch (JsonProcessingException e) {
      return Line.unreadable(
          number,
          new Rejection(
              RejectionReason.UNDECODABLE, "The line is not JSON: " + e.getOriginalMessage()),
          "lines that are not JSON",
          text);
    } catch (Unreadable e) {
      return Line.unreadable(number, e.rejection, e.kind, text);
    }
  }

  private static Event event(JsonFields fields) throws Unreadable {
    Family family = FAMILIES.get(required(fields, "family"));
    if (family == null) {
      throw new Unreadable(
          RejectionReason.UNDECODABLE,
          "lines of an unknown family",
          "Expected family to be one of "
              + FAMILIES.keySet()
              + ", but it is "
              + text(fields, "family"));
    }
    String id = required(fields, "eventId");
    String customer = required(fields, "customerId");
    required(fields, "occurredAt");
    long at = instant(fields, "occurredAt");
    return switch (family) {
      case PURCHASE ->
          new Purchase(
              id,
              customer,
              at,
              action(fields, Purchase.Action.class),
              text(fields, "orderId"),
              integer(fields, "amount"),
              required(fields, "currency"),
              items(fields),
              text(fields, "channel"));
      case SUBSCRIPTION ->
          new SubscriptionChange(
              id,
              customer,
              at,
              action(fields, SubscriptionChange.Action.class),
              required(fields, "subscriptionId"),
              known(fields, "kind", SubscriptionKind.class, RejectionReason.INVALID_FIELD),
              text(fields, "plan"),
              billing(fields),
              fields.has("paidThrough")
                  ? OptionalLong.of(instant(fields, "paidThrough"))
                  : OptionalLong.empty(),
              text(fields, "cancelReason"));
      case SUPPORT ->
          new Support(
              id,
              customer,
              at,
              action(fields, Support.Action.class),
              text(fields, "ticketId"),
              fields.has("category")
                  ? known(fields, "category", Support.Category.class, RejectionReason.INVALID_FIELD)
                  : Support.Category.OTHER,
              text(fields, "channel"));
      case SOCIAL ->
          new Social(
              id,
              customer,
              at,
              action(fields, Social.Action.class),
              text(fields, "network"),
              sentiment(fields),
              fields.has("rating") ? OptionalInt.of(small(fields, "rating")) : OptionalInt.empty());
      case CONTACT ->
          new Contact(
              id,
              customer,
              at,
              action(fields, Contact.Action.class),
              fields.has("channel")
                  ? known(fields, "channel", Contact.Channel.class, RejectionReason.INVALID_FIELD)
                  : Contact.Channel.UNKNOWN);
      case FEEDBACK ->
          new Feedback(
              id,
              customer,
              at,
              action(fields, Feedback.Action.class),
              small(fields, "score"),
              small(fields, "scaleMax"),
              text(fields, "comment"));
      case LOYALTY ->
          new Loyalty(
              id,
              customer,
              at,
              action(fields, Loyalty.Action.class),
              integer(fields, "points", 0),
              text(fields, "tier"));
    };
  }

  private static Billing billing(JsonFields fields) throws Unreadable {
    return new Billing(
        integer(fields, "amount", 0),
        text(fields, "currency"),
        text(fields, "period"),
        optionalInteger(fields, "quantity"),
        optionalInteger(fields, "charged"),
        fields.has("trial") && flag(fields, "trial"));
  }

  private static List<OrderLine> items(JsonFields fields) throws Unreadable {
    List<OrderLine> items = new ArrayList<>();
    if (!fields.has("items")) {
      return items;
    }
    Optional<List<JsonFields>> list = fields.list("items");
    if (list.isEmpty()) {
      throw invalid(fields, "items", "a list of objects");
    }
    for (JsonFields item : list.get()) {
      items.add(
          new OrderLine(
              text(item, "sku"),
              text(item, "category"),
              item.has("quantity") ? small(item, "quantity") : 1,
              integer(item, "amount", 0)));
    }
    return items;
  }

  private static OptionalDouble sentiment(JsonFields fields) throws Unreadable {
    if (!fields.has("sentiment")) {
      return OptionalDouble.empty();
    }
    Optional<Double> number = fields.number("sentiment");
    if (number.isEmpty()) {
      throw invalid(fields, "sentiment", "a number");
    }
    return OptionalDouble.of(number.get());
  }

  private static <T extends Enum<T>> T action(JsonFields fields, Class<T> type) throws Unreadable {
    return known(fields, "action", type, RejectionReason.UNKNOWN_ACTION);
  }

  private static <T extends Enum<T>> T known(
      JsonFields fields, String field, Class<T> type, RejectionReason reason) throws Unreadable {
    String name = required(fields, field);
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException e) {
      throw new Unreadable(
          reason,
          "values of " + field + " that are not known",
          "Expected "
              + field
              + " to be one of "
              + List.of(type.getEnumConstants())
              + ", but it is "
              + name);
    }
  }

  private static String required(JsonFields fields, String field) throws Unreadable {
    String text = text(fields, field);
    if (text.isEmpty()) {
      throw new Unreadable(
          RejectionReason.MISSING_FIELD,
          "lines without " + field,
          "Expected a value for " + field + ", but it is missing; set it");
    }
    return text;
  }

  private static String text(JsonFields fields, String field) throws Unreadable {
    String text = fields.text(field);
    if (text == null) {
      throw invalid(fields, field, "text");
    }
    return text;
  }

  private static long integer(JsonFields fields, String field, long defaultValue)
      throws Unreadable {
    return fields.has(field) ? integer(fields, field) : defaultValue;
  }

  private static long integer(JsonFields fields, String field) throws Unreadable {
    Optional<Long> value = fields.whole(field);
    if (value.isPresent()) {
      return value.get();
    }
    required(fields, field);
    throw invalid(fields, field, "a whole number");
  }

  private static OptionalLong optionalInteger(JsonFields fields, String field) throws Unreadable {
    return fields.has(field) ? OptionalLong.of(integer(fields, field)) : OptionalLong.empty();
  }

  private static boolean flag(JsonFields fields, String field) throws Unreadable {
    String json = fields.json(field);
    if (json.equals("true") || json.equals("false")) {
      return json.equals("true");
    }
    throw invalid(fields, field, "true or false");
  }

  private static int small(JsonFields fields, String field) throws Unreadable {
    long value = integer(fields, field);
    if (value != (int) value) {
      throw invalid(fields, field, "a whole number below 2^31");
    }
    return (int) value;
  }

  private static long instant(JsonFields fields, String field) throws Unreadable {
    String text = text(fields, field);
    try {
      return Instants.parse(text);
    } catch (DateTimeException | ArithmeticException e) {
      throw invalid(fields, field, "an instant in ISO 8601 such as 2024-03-01T10:00:00Z");
    }
  }

  private static Unreadable invalid(JsonFields fields, String field, String expected) {
    return new Unreadable(
        RejectionReason.INVALID_FIELD,
        "values of " + field + " that are not valid",
        "Expected " + field + " to be " + expected + ", but it is " + fields.json(field));
  }
}
