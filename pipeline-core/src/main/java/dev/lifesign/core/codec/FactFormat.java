package dev.lifesign.core.codec;

import dev.lifesign.core.wire.AvroSerde;
import dev.lifesign.core.wire.FieldWriter;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.timeline.Profile;
import dev.lifesign.schema.CustomerProfile;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * The wire format of a kind of fact that most events publish: as a record, for any serde, or as the
 * same bytes, written field by field without building a record.
 *
 * @param schema the schema of the record
 * @param toRecord converts a fact to a record
 * @param fields writes the fields of a fact in the order of the schema
 * @param <T> the kind of fact
 */
public record FactFormat<T>(
    Schema schema, Function<T, ? extends SpecificRecord> toRecord, FieldWriter<T> fields) {

  /** The format of status changes. */
  public static final FactFormat<StatusChange> STATUS_CHANGE =
      new FactFormat<>(
          dev.lifesign.schema.StatusChange.getClassSchema(), FactCodec::encode, FactWriter::write);

  /** The format of profiles. */
  public static final FactFormat<Profile> PROFILE =
      new FactFormat<>(CustomerProfile.getClassSchema(), FactCodec::encode, FactWriter::write);

  /** Encodes a fact in Confluent's wire format, without building a record. */
  public byte[] serialize(AvroSerde serde, String topic, T fact) {
    return serde.serialize(topic, schema, fact, fields);
  }
}
