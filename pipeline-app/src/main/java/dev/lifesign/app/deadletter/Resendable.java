package dev.lifesign.app.deadletter;

import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A dead letter that can be resent.
 *
 * @param origin the position of its record
 * @param record the original record
 * @param mark the mark for the dead-letter topic that it was resent
 */
record Resendable(
    Origin origin, ProducerRecord<byte[], byte[]> record, ProducerRecord<byte[], byte[]> mark) {

  long bytes() {
    return record.value() == null ? 0 : record.value().length;
  }
}
