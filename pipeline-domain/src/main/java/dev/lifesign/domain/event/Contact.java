package dev.lifesign.domain.event;

/**
 * A contact with the customer, or a use of the product.
 *
 * @param channel where it took place
 */
public record Contact(
    String eventId, String customerId, long occurredAt, Action action, Channel channel)
    implements Event {

  /** What happened. */
  public enum Action {
    OPENED,
    CLICKED,
    REPLIED,
    CALLED,
    VISITED,
    CHATTED,
    VIEWED,
    LOGGED_IN,
    UNSUBSCRIBED
  }

  /** Where a contact takes place. */
  public enum Channel {
    UNKNOWN,
    EMAIL,
    SMS,
    PUSH,
    PHONE,
    STORE,
    CHAT,
    WEB,
    APP
  }

  @Override
  public Family family() {
    return Family.CONTACT;
  }

  @Override
  public Contact occurringAt(long instant) {
    return new Contact(eventId, customerId, instant, action, channel);
  }
}
