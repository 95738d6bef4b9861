package dev.lifesign.domain.lifecycle;

import dev.lifesign.domain.time.Instants;

/**
 * Why a customer is judged.
 *
 * @param kind what made it necessary
 * @param detectedAt the instant of the arrival or the tick
 * @param occurredAt when the event occurred; NEVER if it was no event
 * @param late whether the event was late
 */
public record Cause(Kind kind, long detectedAt, long occurredAt, boolean late) {

  /** What makes a judgement necessary. */
  public enum Kind {
    EVENT,
    TIME,
    POLICY,
    COMMAND
  }

  /** Time alone. */
  public static Cause time(long detectedAt) {
    return new Cause(Kind.TIME, detectedAt, Instants.NEVER, false);
  }

  /** A new policy. */
  public static Cause policy(long detectedAt) {
    return new Cause(Kind.POLICY, detectedAt, Instants.NEVER, false);
  }

  /** A command. */
  public static Cause command(long detectedAt) {
    return new Cause(Kind.COMMAND, detectedAt, Instants.NEVER, false);
  }

  /** An event. */
  public static Cause event(long arrivedAt, long occurredAt, boolean late) {
    return new Cause(Kind.EVENT, arrivedAt, occurredAt, late);
  }
}
