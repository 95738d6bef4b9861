package dev.lifesign.core.task;

import dev.lifesign.core.wire.RegistryException;
import dev.lifesign.domain.event.Rejection;
import dev.lifesign.domain.event.RejectionReason;
import dev.lifesign.schema.ControlRecord;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Reads records of the control topic. If the key says that a record is a policy or cut points, the
 * task stops unless it can read the record: every partition has its own copy, and a task that
 * continued without it would decide differently from the others. Any other record that cannot be
 * read was not written by Lifesign and becomes a dead letter.
 */
public final class ControlIntake {

  private final Deserializer<SpecificRecord> deserializer;
  private final String topic;

  public ControlIntake(Deserializer<SpecificRecord> deserializer, String topic) {
    this.deserializer = deserializer;
    this.topic = topic;
  }

  /** A record that was read, or the reason why it was rejected; exactly one of them is present. */
  public record Read(Optional<ControlRecord> record, Optional<Rejection> rejection) {}

  /**
   * Reads a record that has a value.
   *
   * @throws ControlRecordException if the record must be understood but cannot be
   * @throws dev.lifesign.core.wire.RegistryUnavailableException if its schema is unknown and the
   *     registry does not answer
   * @throws RegistryException if the registry refuses access
   */
  public Read read(byte[] key, byte[] value, RecordMetadata origin) {
    try {
      if (deserializer.deserialize(topic, value) instanceof ControlRecord record) {
        return new Read(Optional.of(record), Optional.empty());
      }
      throw new SerializationException("The record is not a control record");
    } catch (SerializationException | IllegalArgumentException e) {
      if (e instanceof RegistryException refusal && !refusal.isAboutTheRecord()) {
        throw refusal;
      }
      if (ControlKeys.mustBeUnderstood(key)) {
        throw new ControlRecordException(
            "%s: the record with key %s cannot be read (%s), and the task cannot continue without it; run the build of Lifesign that wrote it, or a later one"
                .formatted(place(origin), ControlKeys.text(key), e.getMessage()),
            e);
      }
      return new Read(
          Optional.empty(),
          Optional.of(new Rejection(RejectionReason.UNDECODABLE, e.getMessage())));
    }
  }

  /** The topic, partition and offset of a record, for messages. */
  static String place(RecordMetadata origin) {
    return "%s-%d, offset %d".formatted(origin.topic(), origin.partition(), origin.offset());
  }
}
