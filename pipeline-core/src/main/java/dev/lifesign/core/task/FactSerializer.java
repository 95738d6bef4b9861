package dev.lifesign.core.task;

import dev.lifesign.core.codec.FactFormat;
import dev.lifesign.core.wire.AvroSerde;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes facts of a kind: field by field where the serde is Lifesign's own, else as the record that
 * a serde of others takes.
 *
 * @param format of the kind
 * @param records of the serde in use
 */
public record FactSerializer<T>(FactFormat<T> format, Serializer<SpecificRecord> records)
    implements Serializer<T> {

  @Override
  public byte[] serialize(String topic, T fact) {
    return records instanceof AvroSerde own
        ? format.serialize(own, topic, fact)
        : records.serialize(topic, format.toRecord().apply(fact));
  }

  @Override
  public void close() {
    records.close();
  }
}
