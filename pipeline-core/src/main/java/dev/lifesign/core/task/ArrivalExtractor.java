package dev.lifesign.core.task;

import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Uses the record timestamp as the arrival of an event. A record with a negative timestamp, which
 * Kafka Streams would drop or fail on, gets the time of its partition instead and keeps its own in
 * a header, so that it can become a dead letter.
 */
public final class ArrivalExtractor implements TimestampExtractor {

  /** The header that holds a negative timestamp, in eight bytes. */
  static final String NEGATIVE = "lifesign.negative-timestamp";

  /** Creates the extractor; Kafka Streams instantiates it by class name. */
  public ArrivalExtractor() {}

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    if (record.headers().lastHeader(NEGATIVE) != null) {
      record.headers().remove(NEGATIVE);
    }
    if (record.timestamp() >= 0) {
      return record.timestamp();
    }
    record
        .headers()
        .add(NEGATIVE, ByteBuffer.allocate(Long.BYTES).putLong(record.timestamp()).array());
    return Math.max(0, partitionTime);
  }
}
