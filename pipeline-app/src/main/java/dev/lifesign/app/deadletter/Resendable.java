package dev.lifesign.app.deadletter;

import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A dead letter that can be sent again.
 *
 * @param origin where its record stood
 * @param record as it came
 * @param mark for the topic of dead letters, that it was sent
 */
record Resendable(
    Origin origin, ProducerRecord<byte[], byte[]> record, ProducerRecord<byte[], byte[]> mark) {

  long bytes() {
    return record.value() == null ? 0 : record.value().length;
  }
}
