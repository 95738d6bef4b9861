package dev.lifesign.app.query.answer;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * Where an answer comes from.
 *
 * @param instance host and port of the instance that read its stores
 * @param partition the customer's partition
 * @param role whether the instance scores the partition or has a copy
 * @param lastTick the last tick in the state; null before the first
 * @param lagRecords the number of changelog records that a copy has not read; 0 for the owner, null
 *     if unknown
 */
public record AnsweredBy(
    String instance, int partition, Role role, Instant lastTick, Long lagRecords) {

  /** The role of an instance for a partition. */
  public enum Role {
    /** It scores the partition's customers. */
    OWNER,
    /** It has a copy of their state, or is restoring one. */
    STANDBY
  }

  /**
   * Converts the last tick to an instant.
   *
   * @param lastTick milliseconds since 1970; {@code Instants.NEVER} before the first tick
   */
  public static AnsweredBy of(
      String instance, int partition, Role role, long lastTick, OptionalLong lagRecords) {
    return new AnsweredBy(
        instance,
        partition,
        role,
        Rounding.instant(lastTick),
        lagRecords.isEmpty() ? null : lagRecords.getAsLong());
  }
}
