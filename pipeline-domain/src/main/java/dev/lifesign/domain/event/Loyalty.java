package dev.lifesign.domain.event;

/**
 * Something that happened in the loyalty programme.
 *
 * @param points points earned or redeemed, 0 or more
 * @param tier the tier after the event; may be empty
 */
public record Loyalty(
    String eventId, String customerId, long occurredAt, Action action, long points, String tier)
    implements Event {

  /** What happened. */
  public enum Action {
    JOINED,
    EARNED,
    REDEEMED,
    TIER_CHANGED,
    LEFT
  }

  @Override
  public Family family() {
    return Family.LOYALTY;
  }

  @Override
  public Loyalty occurringAt(long instant) {
    return new Loyalty(eventId, customerId, instant, action, points, tier);
  }
}
