package dev.lifesign.app.query;

import dev.lifesign.app.query.answer.AnsweredBy;

/**
 * Where an answer comes from.
 *
 * @param instance host and port of the instance that read it
 * @param partition the customer's partition
 * @param role whether the instance scores the partition, or keeps a copy
 * @param lastTick the last tick that the state has seen, milliseconds since 1970; NEVER if none
 * @param lagRecords how many records of the changelogs a copy has not read; 0 for the owner
 */
record Provenance(
    String instance, int partition, AnsweredBy.Role role, long lastTick, long lagRecords) {

  AnsweredBy answeredBy() {
    return AnsweredBy.of(instance, partition, role, lastTick, lagRecords);
  }
}
