package dev.lifesign.domain.event;

/**
 * An answer to a survey.
 *
 * @param score the answer, 0 to scaleMax
 * @param scaleMax the best answer possible, 1 or more
 * @param comment what the customer wrote; may be empty
 */
public record Feedback(
    String eventId,
    String customerId,
    long occurredAt,
    Action action,
    int score,
    int scaleMax,
    String comment)
    implements Event {

  /** What happened. */
  public enum Action {
    CSAT,
    NPS,
    CES
  }

  @Override
  public Family family() {
    return Family.FEEDBACK;
  }

  @Override
  public Feedback occurringAt(long instant) {
    return new Feedback(eventId, customerId, instant, action, score, scaleMax, comment);
  }
}
