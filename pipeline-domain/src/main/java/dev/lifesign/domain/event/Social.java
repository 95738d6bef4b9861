package dev.lifesign.domain.event;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Something the customer did on a social network.
 *
 * @param network the network; may be empty
 * @param sentiment -1 (bad) to 1 (good), if rated
 * @param rating 1 to 5 stars, if given
 */
public record Social(
    String eventId,
    String customerId,
    long occurredAt,
    Action action,
    String network,
    OptionalDouble sentiment,
    OptionalInt rating)
    implements Event {

  /** What happened. */
  public enum Action {
    FOLLOWED,
    LIKED,
    COMMENTED,
    SHARED,
    MENTIONED,
    REVIEWED,
    REFERRED,
    UNFOLLOWED
  }

  @Override
  public Family family() {
    return Family.SOCIAL;
  }

  @Override
  public Social occurringAt(long instant) {
    return new Social(eventId, customerId, instant, action, network, sentiment, rating);
  }
}
