package dev.lifesign.core.lifecycle;

import dev.lifesign.core.time.Instants;

/**
 * Why a customer is judged.
 *
 * @param detectedAt the arrival or the tick
 * @param occurredAt when the event occurred; NEVER where time alone is the cause
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
