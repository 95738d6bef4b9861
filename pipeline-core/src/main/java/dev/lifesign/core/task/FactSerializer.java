package dev.lifesign.core.task;

import dev.lifesign.core.codec.FactFormat;
import dev.lifesign.core.wire.AvroSerde;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Serializes facts of one kind: field by field with Lifesign's own serde, or as an Avro record with
 * any other serde. Null is written as a tombstone.
 *
 * @param format the format of the kind
 * @param records the serializer of the configured serde
 */
public record FactSerializer<T>(FactFormat<T> format, Serializer<SpecificRecord> records)
    implements Serializer<T> {

  @Override
  public byte[] serialize(String topic, T fact) {
    if (fact == null) {
      return null;
    }
    return records instanceof AvroSerde own
        ? format.serialize(own, topic, fact)
        : records.serialize(topic, format.toRecord().apply(fact));
  }

  @Override
  public void close() {
    records.close();
  }
}
