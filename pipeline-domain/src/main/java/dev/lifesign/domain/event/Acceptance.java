package dev.lifesign.domain.event;

import dev.lifesign.domain.time.Instants;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The rules by which a decoded event is accepted (semantics, Events). */
public final class Acceptance {

  /** How far {@code occurredAt} may be ahead of the arrival, milliseconds. */
  public static final long MAX_FUTURE = 5 * 60_000L;

  /** The earliest instant at which an event may have occurred: 1990-01-01T00:00:00Z. */
  public static final long EARLIEST = 631_152_000_000L;

  /** The latest arrival: 9999-12-31T23:59:59.999Z. */
  public static final long LATEST = 253_402_300_799_999L;

  /** The longest event id, bytes of UTF-8. */
  public static final int MAX_EVENT_ID = 128;

  /** The longest customer id, bytes of UTF-8. */
  public static final int MAX_CUSTOMER_ID = 256;

  private Acceptance() {}

  /**
   * Why the event is not accepted, or empty if it is.
   *
   * @param event the decoded event
   * @param arrivedAt the record timestamp, milliseconds
   */
  public static Optional<Rejection> check(Event event, long arrivedAt) {
    if (arrivedAt < 0) {
      return negativeTimestamp(arrivedAt);
    }
    if (arrivedAt > LATEST) {
      return invalid(
          "the record timestamp", "in milliseconds and before the year 10000", arrivedAt);
    }
    return ids(event).or(() -> times(event, arrivedAt)).or(() -> fields(event));
  }

  /** The rejection of a record whose timestamp is negative. */
  public static Optional<Rejection> negativeTimestamp(long timestamp) {
    return reject(
        RejectionReason.NEGATIVE_TIMESTAMP,
        "Expected a record timestamp of 0 or more, but it is %d; have the topic stamp its records"
            + " (message.timestamp.type=LogAppendTime) or the producer set one",
        timestamp);
  }

  /**
   * The event with its effective time: an {@code occurredAt} after the arrival becomes the arrival.
   */
  public static Event settle(Event event, long arrivedAt) {
    return event.occurredAt() > arrivedAt ? event.occurringAt(arrivedAt) : event;
  }

  private static Optional<Rejection> ids(Event event) {
    if (event.eventId().isEmpty()) {
      return missing("eventId");
    }
    if (event.customerId().isEmpty()) {
      return missing("customerId");
    }
    if (longerThan(event.eventId(), MAX_EVENT_ID)) {
      return reject(
          RejectionReason.EVENT_ID_TOO_LONG,
          "Expected an eventId of at most %d bytes, but it has %d; shorten it",
          MAX_EVENT_ID,
          bytes(event.eventId()));
    }
    if (longerThan(event.customerId(), MAX_CUSTOMER_ID)) {
      return reject(
          RejectionReason.CUSTOMER_ID_TOO_LONG,
          "Expected a customerId of at most %d bytes, but it has %d; shorten it",
          MAX_CUSTOMER_ID,
          bytes(event.customerId()));
    }
    return Optional.empty();
  }

  private static Optional<Rejection> times(Event event, long arrivedAt) {
    if (event.occurredAt() < EARLIEST) {
      return reject(
          RejectionReason.OCCURRED_TOO_LONG_AGO,
          "Expected occurredAt to be in 1990 or later, but it is %d ms since 1970; check its unit"
              + " (milliseconds) and its source",
          event.occurredAt());
    }
    if (event.occurredAt() - arrivedAt > MAX_FUTURE) {
      return reject(
          RejectionReason.OCCURRED_IN_FUTURE,
          "Expected occurredAt to be at most 5 minutes after the arrival at %s, but it is %s; check"
              + " the producer's clock",
          Instants.format(arrivedAt),
          printable(event.occurredAt()));
    }
    return Optional.empty();
  }

  private static Optional<Rejection> fields(Event event) {
    if (event instanceof Purchase purchase) {
      return amount("amount", purchase.amount())
          .or(() -> currency(purchase.currency()))
          .or(() -> lines(purchase));
    }
    if (event instanceof SubscriptionChange change) {
      return subscription(change);
    }
    if (event instanceof Social social) {
      return social(social);
    }
    if (event instanceof Feedback feedback) {
      return feedback(feedback);
    }
    if (event instanceof Loyalty loyalty) {
      return amount("points", loyalty.points());
    }
    return Optional.empty();
  }

  private static Optional<Rejection> lines(Purchase purchase) {
    for (OrderLine line : purchase.items()) {
      Optional<Rejection> fault =
          amount("items.amount", line.amount()).or(() -> amount("items.quantity", line.quantity()));
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private static Optional<Rejection> subscription(SubscriptionChange event) {
    if (event.subscriptionId().isEmpty()) {
      return missing("subscriptionId");
    }
    if (longerThan(event.subscriptionId(), MAX_CUSTOMER_ID)) {
      return invalid(
          "subscriptionId", "at most 256 bytes long", bytes(event.subscriptionId()) + " bytes");
    }
    long paidThrough = event.paidThrough().orElse(0);
    if (paidThrough < 0 || paidThrough > LATEST) {
      return invalid(
          "paidThrough",
          "an instant between 1970 and the year 9999 (leave it out if there is no end)",
          paidThrough + " ms since 1970");
    }
    return billing(event.billing());
  }

  private static Optional<Rejection> billing(Billing billing) {
    long charged = billing.charged().orElse(0);
    Optional<Rejection> fault =
        amount("amount", billing.amount())
            .or(() -> amount("charged", charged))
            .or(() -> quantity(billing));
    boolean free = billing.amount() == 0 && charged == 0;
    if (fault.isPresent() || (free && billing.currency().isEmpty())) {
      return fault;
    }
    return currency(billing.currency());
  }

  private static Optional<Rejection> quantity(Billing billing) {
    long quantity = billing.quantity().orElse(0);
    return quantity >= 0 ? Optional.empty() : invalid("quantity", "0 or more", quantity);
  }

  private static Optional<Rejection> social(Social event) {
    if (event.sentiment().isPresent()) {
      double sentiment = event.sentiment().getAsDouble();
      if (!(sentiment >= -1 && sentiment <= 1)) {
        return invalid("sentiment", "between -1 and 1", sentiment);
      }
    }
    if (event.rating().isPresent()) {
      int rating = event.rating().getAsInt();
      if (rating < 1 || rating > 5) {
        return invalid("rating", "between 1 and 5", rating);
      }
    }
    return Optional.empty();
  }

  private static Optional<Rejection> feedback(Feedback event) {
    if (event.scaleMax() < 1) {
      return invalid("scaleMax", "1 or more", event.scaleMax());
    }
    if (event.score() < 0 || event.score() > event.scaleMax()) {
      return invalid("score", "between 0 and scaleMax (" + event.scaleMax() + ")", event.score());
    }
    return Optional.empty();
  }

  private static Optional<Rejection> amount(String field, long amount) {
    return amount >= 0
        ? Optional.empty()
        : reject(
            RejectionReason.NEGATIVE_AMOUNT,
            "Expected %s to be 0 or more, but it is %d; send money given back as a REFUND",
            field,
            amount);
  }

  private static Optional<Rejection> currency(String currency) {
    if (currency.isEmpty()) {
      return missing("currency");
    }
    return isCode(currency)
        ? Optional.empty()
        : invalid("currency", "an ISO 4217 code such as EUR", currency);
  }

  private static boolean isCode(String currency) {
    boolean code = currency.length() == 3;
    for (int i = 0; code && i < 3; i++) {
      code = currency.charAt(i) >= 'A' && currency.charAt(i) <= 'Z';
    }
    return code;
  }

  private static Optional<Rejection> missing(String field) {
    return reject(
        RejectionReason.MISSING_FIELD, "Expected a value for %s, but it is missing; set it", field);
  }

  private static Optional<Rejection> invalid(String field, String expected, Object found) {
    return reject(
        RejectionReason.INVALID_FIELD,
        "Expected %s to be %s, but it is %s; correct it at the source",
        field,
        expected,
        found);
  }

  private static Optional<Rejection> reject(
      RejectionReason reason, String message, Object... arguments) {
    return Optional.of(new Rejection(reason, String.format(message, arguments)));
  }

  private static String printable(long instant) {
    return instant <= LATEST ? Instants.format(instant) : instant + " ms since 1970";
  }

  private static boolean longerThan(String text, int limit) {
    return text.length() > limit / 3 && bytes(text) > limit;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
