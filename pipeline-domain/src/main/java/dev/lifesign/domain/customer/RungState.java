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
}
