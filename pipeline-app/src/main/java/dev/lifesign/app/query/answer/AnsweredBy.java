package dev.lifesign.app.query.answer;

import java.time.Instant;

/**
 * Where an answer comes from.
 *
 * @param instance host and port of the instance that read its stores
 * @param partition the customer's partition
 * @param role whether the instance scores the partition, or keeps a copy
 * @param lastTick the last tick that the state has seen; null if none
 * @param lagRecords how many changelog records a copy has not read; 0 for the owner
 */
public record AnsweredBy(
    String instance, int partition, Role role, Instant lastTick, long lagRecords) {

  /** What an instance is to a partition. */
  public enum Role {
    /** It scores the partition's customers. */
    OWNER,
    /** It keeps a copy of their state, or restores one. */
    STANDBY
  }

  /**
   * Where an answer comes from.
   *
   * @param lastTick milliseconds since 1970; NEVER if none
   */
  public static AnsweredBy of(
      String instance, int partition, Role role, long lastTick, long lagRecords) {
    return new AnsweredBy(instance, partition, role, Rounding.instant(lastTick), lagRecords);
  }
}
