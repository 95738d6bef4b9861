package dev.lifesign.core.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A serde for generated Avro records in Confluent's wire format: a zero byte, the schema's id in
 * four bytes, Avro binary. Subjects follow TopicNameStrategy ({@code <topic>-value}). The
 * configuration keys are those of Confluent's serdes, so that one can replace the other.
 * Thread-safe.
 */
public final class AvroSerde
    implements Serde<SpecificRecord>, Serializer<SpecificRecord>, Deserializer<SpecificRecord> {

  static {
    AvroLimits.set();
  }

  static final byte MAGIC = 0;
  static final int HEADER = 1 + Integer.BYTES;

  private static final int MOST_READERS = 200;
  private static final int LONGEST_QUOTE = 500;

  private final ThreadLocal<Reading> reading = ThreadLocal.withInitial(Reading::new);
  private final ThreadLocal<Writing> writing = ThreadLocal.withInitial(Writing::new);
  private final Map<Schema, SpecificDatumWriter<SpecificRecord>> writers =
      new ConcurrentHashMap<>();

  /** By topic, so that the name of the subject is not built for every record. */
  private final Map<String, Registered> registered = new ConcurrentHashMap<>();

  private SchemaRegistry registry;
  private String suffix = "-value";

  /** The schema last written to a topic, and its id. */
  private record Registered(Schema schema, int id) {}

  /** The objects that a thread reuses to read. */
  private static final class Reading {
    final Map<Integer, Reader> readers = new Recent<>(MOST_READERS);
    BinaryDecoder decoder;
  }

  /**
   * Reads records that were written with one schema.
   *
   * @param written the writer's schema
   * @param isCostly whether a record must be checked by a {@link BoundedWalk} before it is read
   */
  private record Reader(
      Schema written, SpecificDatumReader<SpecificRecord> reader, boolean isCostly) {}

  /** The objects that a thread reuses to write. */
  private static final class Writing {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    BinaryEncoder encoder;
  }

  /** For configuration by class name; {@link #configure} creates the registry client. */
  public AvroSerde() {}

  /** Uses the given registry; {@link #configure} does not replace it. */
  public AvroSerde(SchemaRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    suffix = isKey ? "-key" : "-value";
    if (registry == null) {
      registry = new HttpSchemaRegistry(RegistrySettings.of(configs));
    }
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
    if (value == null) {
      return null;
    }
    Schema schema = value.getSchema();
    SpecificDatumWriter<SpecificRecord> writer =
        writers.computeIfAbsent(schema, written -> new SpecificDatumWriter<>(written));
    return serialize(topic, schema, value, writer::write);
  }

  /**
   * Encodes a record field by field without building it.
   *
   * @param schema the schema of the record
   * @param value the source of the fields
   * @param fields writes the fields in the order of the schema
   * @throws SerializationException if a field has a value that the schema does not allow
   */
  public <T> byte[] serialize(String topic, Schema schema, T value, FieldWriter<? super T> fields) {
    int id = id(topic, schema);
    Writing own = writing.get();
    // Discards what a failed attempt to write a record left in the encoder.
    own.encoder = EncoderFactory.get().binaryEncoder(own.bytes, own.encoder);
    own.bytes.reset();
    own.bytes.write(MAGIC);
    own.bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
    try {
      fields.write(value, own.encoder);
      own.encoder.flush();
      return own.bytes.toByteArray();
    } catch (IOException | RuntimeException e) {
      throw new SerializationException(
          "A record of " + schema.getFullName() + " cannot be written to " + topic, e);
    }
  }

  private int id(String topic, Schema schema) {
    Registered last = registered.get(topic);
    if (last != null && last.schema().equals(schema)) {
      return last.id();
    }
    int id = registry.register(topic + suffix, schema);
    registered.put(topic, new Registered(schema, id));
    return id;
  }

  /**
   * Decodes a record.
   *
   * @throws SerializationException if the bytes are not such a record; the message says why
   * @throws RegistryUnavailableException if the schema is unknown and the registry does not answer
   */
  @Override
  public SpecificRecord deserialize(String topic, byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    if (bytes.length < HEADER || bytes[0] != MAGIC) {
      throw new SerializationException(
          "The record is not in Confluent's wire format: expected a zero byte and a schema id of four bytes, but found "
              + (bytes.length < HEADER
                  ? "only " + bytes.length + " bytes"
                  : "first byte " + bytes[0])
              + "; use an Avro serializer with a schema registry");
    }
    int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
    try {
      return read(id, bytes);
    } catch (SerializationException | RegistryUnavailableException e) {
      throw e;
    } catch (IOException | RuntimeException | StackOverflowError | LinkageError e) {
      throw unreadable(id, e);
    }
  }

  private SpecificRecord read(int id, byte[] bytes) throws IOException {
    Reading own = reading.get();
    Reader reader = own.readers.get(id);
    if (reader == null) {
      reader = reader(id);
      own.readers.put(id, reader);
    }
    if (reader.isCostly()) {
      own.decoder = decoder(bytes, own.decoder);
      BoundedWalk.through(reader.written(), own.decoder, bytes.length);
    }
    own.decoder = decoder(bytes, own.decoder);
    SpecificRecord read = reader.reader().read(null, own.decoder);
    if (!own.decoder.isEnd()) {
      throw new SerializationException(
          "The record of schema "
              + id
              + " is complete, but more bytes follow it; check that the producer writes with the schema whose id it sends");
    }
    return read;
  }

  private static BinaryDecoder decoder(byte[] bytes, BinaryDecoder reused) {
    return DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, reused);
  }

  private static SerializationException unreadable(int id, Throwable why) {
    String message = why.getMessage() == null ? "" : ": " + why.getMessage();
    return new SerializationException(
        "The record cannot be read with schema "
            + id
            + " ("
            + why.getClass().getSimpleName()
            + (message.length() > LONGEST_QUOTE ? message.substring(0, LONGEST_QUOTE) : message)
            + "); check that the producer writes with the schema whose id it sends",
        why);
  }

  private Reader reader(int id) {
    Schema written = registry.schema(id);
    Schema ours =
        OwnSchemas.named(written)
            .orElseThrow(
                () ->
                    new SerializationException(
                        "Schema "
                            + id
                            + " of the record is "
                            + (written.getType() == Schema.Type.RECORD
                                ? written.getFullName()
                                : "of the type " + written.getType())
                            + ", but a record type of Lifesign's schemas was expected; check the topic and the producer's schema"));
    return new Reader(
        written, new SpecificDatumReader<>(written, ours), WrittenSchema.isCostly(written));
  }

  @Override
  public void close() {}
}
