package dev.lifesign.domain.event;

/**
 * Something that a customer did. Missing text is empty, never null; {@code occurredAt} is in
 * milliseconds since 1970, UTC; money is in minor units of its currency.
 */
public sealed interface Event
    permits Purchase, SubscriptionChange, Support, Social, Contact, Feedback, Loyalty {

  /** Unique id; a second event of the same customer with this id is a duplicate. */
  String eventId();

  /** The customer. */
  String customerId();

  /** When it happened, milliseconds since 1970. */
  long occurredAt();

  /** What happened; one of {@link Family#actions()} of {@link #family()}. */
  Enum<?> action();

  /** The family it belongs to. */
  Family family();

  /** The same event at another instant. */
  Event occurringAt(long instant);

  /** {@code family.ACTION}, as policies name it. */
  default String name() {
    return family().label() + "." + action().name();
  }
}
