package dev.lifesign.core.wire;

import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Wraps any deserializer so that it has one of three outcomes: a record; a {@link
 * SerializationException} that says what is wrong with the record or its schema; or a fault of the
 * registry, which is a {@link RegistryException} that is not about the record, a {@link
 * RegistryUnavailableException}, or another exception that is not a SerializationException. No
 * content of a record or of a registry's answer can end the thread.
 */
public final class TotalDeserializer implements Deserializer<SpecificRecord> {

  private static final int LONGEST_QUOTE = 500;

  private final Deserializer<?> deserializer;

  private TotalDeserializer(Deserializer<?> deserializer) {
    this.deserializer = deserializer;
  }

  /** Wraps a deserializer, which must return generated records. */
  public static TotalDeserializer of(Deserializer<?> deserializer) {
    return deserializer instanceof TotalDeserializer total
        ? total
        : new TotalDeserializer(deserializer);
  }

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    deserializer.configure(configs, isKey);
  }

  @Override
  public SpecificRecord deserialize(String topic, byte[] bytes) {
    try {
      return record(topic, bytes);
    } catch (OutOfMemoryError e) {
      // Either the record claims a huge length, or the heap is full for another reason. The objects
      // of the first attempt are garbage now, so the second fails only because of the record.
      try {
        return record(topic, bytes);
      } catch (OutOfMemoryError again) {
        throw unreadable(again);
      }
    }
  }

  private SpecificRecord record(String topic, byte[] bytes) {
    Object read;
    try {
      read = deserializer.deserialize(topic, bytes);
    } catch (RuntimeException e) {
      Optional<RuntimeException> fault = RegistryFault.in(e);
      if (fault.isPresent()) {
        throw fault.get();
      }
      if (e instanceof SerializationException about && about.getMessage() != null) {
        throw about;
      }
      throw unreadable(e);
    } catch (StackOverflowError | LinkageError | AssertionError e) {
      // Endless nesting, or a class named by the schema that cannot be loaded.
      throw unreadable(e);
    }
    if (read instanceof SpecificRecord record) {
      return record;
    }
    throw new SerializationException(
        "The deserializer returned "
            + (read == null ? "null" : "a " + read.getClass().getName())
            + " instead of a generated record of Lifesign's schemas; check the settings serde and specific.avro.reader");
  }

  private static SerializationException unreadable(Throwable why) {
    String message = why.getMessage() == null ? "" : ": " + why.getMessage();
    return new SerializationException(
        "The record cannot be read ("
            + why.getClass().getSimpleName()
            + (message.length() > LONGEST_QUOTE ? message.substring(0, LONGEST_QUOTE) : message)
            + "); check the producer and its schema",
        why);
  }

  @Override
  public void close() {
    deserializer.close();
  }
}
