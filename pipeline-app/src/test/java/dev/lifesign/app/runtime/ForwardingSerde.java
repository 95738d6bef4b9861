package dev.lifesign.app.runtime;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** A serde that delegates to another one, as a base for serdes that change its behavior. */
class ForwardingSerde
    implements Serde<SpecificRecord>, Serializer<SpecificRecord>, Deserializer<SpecificRecord> {

  private final Serde<SpecificRecord> serde;

  ForwardingSerde(Serde<SpecificRecord> serde) {
    this.serde = serde;
  }

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    serde.configure(configs, isKey);
  }

  @Override
  public Serializer<SpecificRecord> serializer() {
    return this;
  }

  @Override
  public Deserializer<SpecificRecord> deserializer() {
    return this;
  }

  @Override
  public byte[] serialize(String topic, SpecificRecord value) {
    return serde.serializer().serialize(topic, value);
  }

  @Override
  public SpecificRecord deserialize(String topic, byte[] bytes) {
    return serde.deserializer().deserialize(topic, bytes);
  }

  @Override
  public void close() {
    serde.close();
  }
}
