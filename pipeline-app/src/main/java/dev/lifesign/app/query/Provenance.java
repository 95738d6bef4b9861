package dev.lifesign.app.query;

import dev.lifesign.app.query.answer.AnsweredBy;
import java.util.OptionalLong;

/**
 * Where an answer comes from.
 *
 * @param instance host and port of the instance that read it
 * @param partition the customer's partition
 * @param role whether the instance scores the partition or has a copy
 * @param lastTick the last tick in the state, milliseconds since 1970; {@code Instants.NEVER}
 *     before the first
 * @param lagRecords the number of changelog records that a copy has not read; 0 for the owner,
 *     empty if unknown
 */
record Provenance(
    String instance, int partition, AnsweredBy.Role role, long lastTick, OptionalLong lagRecords) {

  AnsweredBy answeredBy() {
    return AnsweredBy.of(instance, partition, role, lastTick, lagRecords);
  }
}
