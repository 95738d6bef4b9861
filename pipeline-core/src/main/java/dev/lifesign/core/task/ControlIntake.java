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
 * Reads a record of the control topic. One that is a policy or cut points by its key is understood
 * or stops the task: every partition has its own copy, and one that went on without would judge
 * otherwise than the rest. What is neither, and cannot be read, was written by a stranger and is a
 * dead letter.
 */
public final class ControlIntake {

  private final Deserializer<SpecificRecord> deserializer;
  private final String topic;

  public ControlIntake(Deserializer<SpecificRecord> deserializer, String topic) {
    this.deserializer = deserializer;
    this.topic = topic;
  }

  /** Exactly one of the two is there. */
  public record Read(Optional<ControlRecord> record, Optional<Rejection> rejection) {}

  /**
   * Reads a record that has a value.
   *
   * @throws ControlRecordException if it must be understood and is not
   * @throws dev.lifesign.core.wire.RegistryUnavailableException if its schema is unknown and the
   *     registry does not answer
   * @throws RegistryException if the registry refuses access
   */
  public Read read(byte[] key, byte[] value, RecordMetadata origin) {
    try {
      if (deserializer.deserialize(topic, value) instanceof ControlRecord record) {
        return new Read(Optional.of(record), Optional.empty());
      }
      throw new SerializationException("Expected a control record, but it is another one");
    } catch (SerializationException | IllegalArgumentException e) {
      if (e instanceof RegistryException refusal && !refusal.isAboutTheRecord()) {
        throw refusal;
      }
      if (ControlKeys.mustBeUnderstood(key)) {
        throw new ControlRecordException(
            "%s: expected to read the record of key %s, without which nothing may be judged, but it cannot be read (%s); run the build of Lifesign that wrote it, or a later one"
                .formatted(place(origin), ControlKeys.text(key), e.getMessage()),
            e);
      }
      return new Read(
          Optional.empty(),
          Optional.of(new Rejection(RejectionReason.UNDECODABLE, e.getMessage())));
    }
  }

  /** Where a record stands. */
  static String place(RecordMetadata origin) {
    return "%s-%d, offset %d".formatted(origin.topic(), origin.partition(), origin.offset());
  }
}
