package dev.lifesign.core.task;

import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * An event arrived at its record timestamp. A negative one, which Kafka Streams would drop or die
 * of, is passed on as the time of its partition and noted in a header, so that the record can
 * become a dead letter.
 */
public final class ArrivalExtractor implements TimestampExtractor {

  /** The header that notes a negative timestamp, eight bytes. */
  static final String NEGATIVE = "lifesign.negative-timestamp";

  /** For configuration by class name. */
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
