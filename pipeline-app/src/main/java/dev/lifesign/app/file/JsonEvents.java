package dev.lifesign.app.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.lifesign.core.event.Contact;
import dev.lifesign.core.event.Event;
import dev.lifesign.core.event.Family;
import dev.lifesign.core.event.Feedback;
import dev.lifesign.core.event.Loyalty;
import dev.lifesign.core.event.OrderLine;
import dev.lifesign.core.event.Purchase;
import dev.lifesign.core.event.Rejection;
import dev.lifesign.core.event.RejectionReason;
import dev.lifesign.core.event.Social;
import dev.lifesign.core.event.SubscriptionChange;
import dev.lifesign.core.event.SubscriptionKind;
import dev.lifesign.core.event.Support;
import dev.lifesign.core.time.Instants;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads one event from one line of JSON. */
final class JsonEvents {

  private static final ObjectReader JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .readerFor(JsonNode.class);

  private static final Map<String, Family> FAMILIES = new HashMap<>();

  static {
    for (Family family : Family.values()) {
      FAMILIES.put(family.label(), family);
    }
  }

  private JsonEvents() {}

  /** A line that is no event. */
  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Rejection rejection;

    Unreadable(RejectionReason reason, String message) {
      super(message, null, false, false);
      rejection = new Rejection(reason, message);
    }
  }

  static Line read(long number, String text) {
    try {
      JsonNode node = JSON.readTree(text);
      if (!node.isObject()) {
        throw new Unreadable(
            RejectionReason.UNDECODABLE, "Expected a JSON object, but the line is something else");
      }
      Event event = event(node);
      long arrivedAt =
          node.hasNonNull("arrivedAt") ? instant(node, "arrivedAt") : event.occurredAt();
      return Line.of(number, arrivedAt, event, text);
    } catch (JsonProcessingException e) {
      return Line.unreadable(
          number,
          new Rejection(
              RejectionReason.UNDECODABLE,
              "Expected a JSON object, but: " + e.getOriginalMessage()),
          text);
    } catch (Unreadable e) {
      return Line.unreadable(number, e.rejection, text);
    }
  }

  private static Event event(JsonNode node) throws Unreadable {
    Family family = FAMILIES.get(required(node, "family"));
    if (family == null) {
      throw new Unreadable(
          RejectionReason.UNDECODABLE,
          "Expected family to be one of "
              + FAMILIES.keySet()
              + ", but it is "
              + text(node, "family"));
    }
    String id = required(node, "eventId");
    String customer = required(node, "customerId");
    required(node, "occurredAt");
    long at = instant(node, "occurredAt");
    return switch (family) {
      case PURCHASE ->
          new Purchase(
              id,
              customer,
              at,
              action(node, Purchase.Action.class),
              text(node, "orderId"),
              integer(node, "amount"),
              required(node, "currency"),
              items(node),
              text(node, "channel"));
      case SUBSCRIPTION ->
          new SubscriptionChange(
              id,
              customer,
              at,
              action(node, SubscriptionChange.Action.class),
              required(node, "subscriptionId"),
              known(node, "kind", SubscriptionKind.class, RejectionReason.INVALID_FIELD),
              text(node, "plan"),
              integer(node, "amount", 0),
              text(node, "currency"),
              node.hasNonNull("paidThrough")
                  ? OptionalLong.of(instant(node, "paidThrough"))
                  : OptionalLong.empty());
      case SUPPORT ->
          new Support(
              id,
              customer,
              at,
              action(node, Support.Action.class),
              text(node, "ticketId"),
              node.hasNonNull("category")
                  ? known(node, "category", Support.Category.class, RejectionReason.INVALID_FIELD)
                  : Support.Category.OTHER,
              text(node, "channel"));
      case SOCIAL ->
          new Social(
              id,
              customer,
              at,
              action(node, Social.Action.class),
              text(node, "network"),
              sentiment(node),
              node.hasNonNull("rating")
                  ? OptionalInt.of(small(node, "rating"))
                  : OptionalInt.empty());
      case CONTACT ->
          new Contact(
              id,
              customer,
              at,
              action(node, Contact.Action.class),
              node.hasNonNull("channel")
                  ? known(node, "channel", Contact.Channel.class, RejectionReason.INVALID_FIELD)
                  : Contact.Channel.UNKNOWN);
      case FEEDBACK ->
          new Feedback(
              id,
              customer,
              at,
              action(node, Feedback.Action.class),
              small(node, "score"),
              small(node, "scaleMax"),
              text(node, "comment"));
      case LOYALTY ->
          new Loyalty(
              id,
              customer,
              at,
              action(node, Loyalty.Action.class),
              integer(node, "points", 0),
              text(node, "tier"));
    };
  }

  private static List<OrderLine> items(JsonNode node) throws Unreadable {
    List<OrderLine> items = new ArrayList<>();
    for (JsonNode item : node.path("items")) {
      items.add(
          new OrderLine(
              text(item, "sku"),
              text(item, "category"),
              item.hasNonNull("quantity") ? small(item, "quantity") : 1,
              integer(item, "amount", 0)));
    }
    return items;
  }

  private static OptionalDouble sentiment(JsonNode node) throws Unreadable {
    if (!node.hasNonNull("sentiment")) {
      return OptionalDouble.empty();
    }
    if (!node.get("sentiment").isNumber()) {
      throw invalid(node, "sentiment", "a number");
    }
    return OptionalDouble.of(node.get("sentiment").doubleValue());
  }

  private static <T extends Enum<T>> T action(JsonNode node, Class<T> type) throws Unreadable {
    return known(node, "action", type, RejectionReason.UNKNOWN_ACTION);
  }

  private static <T extends Enum<T>> T known(
      JsonNode node, String field, Class<T> type, RejectionReason reason) throws Unreadable {
    String name = required(node, field);
    for (T constant : type.getEnumConstants()) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    throw new Unreadable(
        reason,
        "Expected "
            + field
            + " to be one of "
            + List.of(type.getEnumConstants())
            + ", but it is "
            + name);
  }

  private static String required(JsonNode node, String field) throws Unreadable {
    String text = text(node, field);
    if (text.isEmpty()) {
      throw new Unreadable(
          RejectionReason.MISSING_FIELD,
          "Expected a value for " + field + ", but it is missing; set it");
    }
    return text;
  }

  private static String text(JsonNode node, String field) throws Unreadable {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isValueNode()) {
      throw invalid(node, field, "a text");
    }
    return value.asText();
  }

  private static long integer(JsonNode node, String field, long otherwise) throws Unreadable {
    return node.hasNonNull(field) ? integer(node, field) : otherwise;
  }

  private static long integer(JsonNode node, String field) throws Unreadable {
    required(node, field);
    JsonNode value = node.get(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw invalid(node, field, "a whole number");
    }
    return value.longValue();
  }

  private static int small(JsonNode node, String field) throws Unreadable {
    long value = integer(node, field);
    if (value != (int) value) {
      throw invalid(node, field, "a whole number below 2^31");
    }
    return (int) value;
  }

  private static long instant(JsonNode node, String field) throws Unreadable {
    String text = text(node, field);
    try {
      return Instants.parse(text);
    } catch (DateTimeException | ArithmeticException e) {
      throw invalid(node, field, "an instant in ISO 8601 such as 2024-03-01T10:00:00Z");
    }
  }

  private static Unreadable invalid(JsonNode node, String field, String expected) {
    return new Unreadable(
        RejectionReason.INVALID_FIELD,
        "Expected " + field + " to be " + expected + ", but it is " + node.get(field));
  }
}
