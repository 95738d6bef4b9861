package dev.lifesign.domain.event;

/**
 * Something that happened to a support ticket.
 *
 * @param ticketId the ticket; may be empty
 * @param category what it is about
 * @param channel how the customer wrote or called; may be empty
 */
public record Support(
    String eventId,
    String customerId,
    long occurredAt,
    Action action,
    String ticketId,
    Category category,
    String channel)
    implements Event {

  /** What happened. */
  public enum Action {
    OPENED,
    REPLIED,
    ESCALATED,
    RESOLVED,
    REOPENED
  }

  /** What a ticket is about. */
  public enum Category {
    QUESTION,
    COMPLAINT,
    DEFECT,
    BILLING,
    OTHER
  }

  @Override
  public Family family() {
    return Family.SUPPORT;
  }

  @Override
  public Support occurringAt(long instant) {
    return new Support(eventId, customerId, instant, action, ticketId, category, channel);
  }
}
