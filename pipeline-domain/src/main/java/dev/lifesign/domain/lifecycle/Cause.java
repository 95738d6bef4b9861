package dev.lifesign.domain.lifecycle;

import dev.lifesign.domain.time.Instants;

/**
 * Why a customer is judged.
 *
 * @param detectedAt the instant of the arrival or the tick
 * @param occurredAt when the event occurred; NEVER if time alone is the cause
 * @param late whether the event was late
 */
public record Cause(long detectedAt, long occurredAt, boolean late) {

  /** Time alone. */
  public static Cause time(long detectedAt) {
    return new Cause(detectedAt, Instants.NEVER, false);
  }

  /** An event. */
  public static Cause event(long arrivedAt, long occurredAt, boolean late) {
    return new Cause(arrivedAt, occurredAt, late);
  }

  /** Whether it is an event. */
  public boolean isEvent() {
    return occurredAt != Instants.NEVER;
  }
}
