package dev.lifesign.domain.customer;

import dev.lifesign.domain.time.Instants;

/**
 * What is kept of one rung for a customer.
 *
 * @param phase how far it is
 * @param since when its condition began; NEVER if it does not hold
 * @param armed whether an activity score was found at or above its bound; false for other
 *     conditions
 * @param notifiedAt when people were last told about an alert on this rung; NEVER if they were not,
 *     or if they were told about a higher one since
 */
public record RungState(Phase phase, long since, boolean armed, long notifiedAt) {

  /** Its condition does not hold, and nobody was ever told. */
  public static final RungState IDLE =
      new RungState(Phase.IDLE, Instants.NEVER, false, Instants.NEVER);

  /** How far a rung is. */
  public enum Phase {
    /** Its condition does not hold. */
    IDLE,
    /** Its condition holds; the dwell is not over. */
    DWELLING,
    /** It has fired, or had begun before the policy asked. */
    FIRED,
    /** It did not fire, since its filter said no. */
    FILTERED,
    /** It has fired within a cooldown, and raises when that is over. */
    WAITING
  }

  /** Whether its condition held when last judged. */
  public boolean holds() {
    return phase != Phase.IDLE;
  }

  /** The same, whose condition has begun. */
  public RungState begun(Phase first, long at) {
    return new RungState(first, at, armed, notifiedAt);
  }

  /** The same, whose condition has ended. */
  public RungState ended() {
    return new RungState(Phase.IDLE, Instants.NEVER, armed, notifiedAt);
  }

  /** The same in another phase. */
  public RungState in(Phase other) {
    return new RungState(other, since, armed, notifiedAt);
  }

  /** The same, armed or not. */
  public RungState armed(boolean now) {
    return new RungState(phase, since, now, notifiedAt);
  }

  /**
   * The same, last notified at an instant.
   *
   * @param at NEVER if that no longer matters
   */
  public RungState notified(long at) {
    return new RungState(phase, since, armed, at);
  }
}
