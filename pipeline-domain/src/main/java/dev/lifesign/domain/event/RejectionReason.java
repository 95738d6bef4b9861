package dev.lifesign.domain.event;

/** Why an input was not accepted; the reason code of a dead letter. */
public enum RejectionReason {
  /** The bytes or the line are not an event of the topic's family. */
  UNDECODABLE,
  /** A required field is missing or empty. */
  MISSING_FIELD,
  /** A field has a value outside its range. */
  INVALID_FIELD,
  /** The action is not one of the family's. */
  UNKNOWN_ACTION,
  /** The record key is not the customer id. */
  KEY_MISMATCH,
  /** The record is not in the partition that Kafka's murmur2 gives its key. */
  WRONG_PARTITION,
  /** {@code occurredAt} is too far ahead of the arrival. */
  OCCURRED_IN_FUTURE,
  /** {@code occurredAt} is before 1990. */
  OCCURRED_TOO_LONG_AGO,
  /** The record timestamp is negative. */
  NEGATIVE_TIMESTAMP,
  /** An amount is negative. */
  NEGATIVE_AMOUNT,
  /** The event id is longer than 128 bytes. */
  EVENT_ID_TOO_LONG,
  /** The customer id is longer than 256 bytes. */
  CUSTOMER_ID_TOO_LONG,
  /** An operator has named the record to be skipped. */
  SKIPPED
}
