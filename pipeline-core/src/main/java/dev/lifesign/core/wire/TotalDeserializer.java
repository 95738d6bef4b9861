package dev.lifesign.core.wire;

import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The one place where bytes become records, whichever deserializer does it. It ends in one of three
 * ways: with a record; with a {@link SerializationException} that says what is wrong with the
 * record or its schema; or with the registry's fault, which is a {@link
 * RegistryUnavailableException} or another exception that is no SerializationException, or a {@link
 * RegistryException} that is not about the record. Nothing that a record or a registry's answer
 * contains ends a thread.
 */
public final class TotalDeserializer implements Deserializer<SpecificRecord> {

  private static final int LONGEST_QUOTE = 500;

  private final Deserializer<?> deserializer;

  private TotalDeserializer(Deserializer<?> deserializer) {
    this.deserializer = deserializer;
  }

  /** Of that deserializer, which is expected to make generated records. */
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
      // Either a length that the bytes claim, or the heap is full with other things just now. What
      // was made for the first attempt is garbage by now: only the record's own claim fails again.
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
      // A nesting without end, and a class that a schema names and that cannot be loaded.
      throw unreadable(e);
    }
    if (read instanceof SpecificRecord record) {
      return record;
    }
    throw new SerializationException(
        "Expected a generated record of Lifesign's schemas, but the deserializer gave "
            + (read == null ? "none" : read.getClass().getName())
            + "; check the setting serde, and specific.avro.reader");
  }

  private static SerializationException unreadable(Throwable why) {
    String message = why.getMessage() == null ? "" : ": " + why.getMessage();
    return new SerializationException(
        "Expected a record that can be read, but it cannot ("
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
