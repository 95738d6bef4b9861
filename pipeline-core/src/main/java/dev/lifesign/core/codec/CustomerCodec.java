package dev.lifesign.core.codec;

import dev.lifesign.core.wire.AvroLimits;
import dev.lifesign.schema.state.CustomerState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * Turns a customer into the bytes of the store {@code customers} and back: one version byte, then
 * the Avro binary of {@link CustomerState}. The fields are written and read one by one, in the
 * order of that schema, without a record between: this is done for every event. A later version
 * reads every earlier one as that version was written. Not thread-safe: one for each task.
 */
public final class CustomerCodec {

  static {
    AvroLimits.set();
  }

  /**
   * The version written. Version 4 has the fields of version 3, whose builds kept a changelog of
   * deadlines and cannot go on with a state that has none.
   */
  static final byte VERSION = 5;

  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
  private final NameCache names = new NameCache();
  private BinaryEncoder encoder;
  private BinaryDecoder decoder;

  /** The bytes of a customer. */
  public byte[] encode(StoredCustomer stored) {
    try {
      // Empties the encoder of what a customer that could not be written has left in it.
      encoder = EncoderFactory.get().binaryEncoder(buffer, encoder);
      buffer.reset();
      buffer.write(VERSION);
      new CustomerWriter(encoder, names).write(stored);
      encoder.flush();
      return buffer.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The state of customer " + stored.customer().id() + " cannot be written", e);
    }
  }

  /**
   * The customer of the bytes.
   *
   * @throws IllegalStateException if they are no state of a customer: the store is corrupt, or was
   *     written by a later version
   */
  public StoredCustomer decode(String id, byte[] bytes) {
    checkVersion(id, bytes);
    try {
      decoder = DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, decoder);
      return new CustomerReader(decoder, bytes[0], names).read(id);
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException("The state of customer " + id + " is corrupt", e);
    }
  }

  /**
   * The instant under which the customer of the bytes stands in the index of deadlines; FOREVER if
   * it does not. Reads no more than that.
   *
   * @throws IllegalStateException as {@link #decode} does
   */
  public static long armed(String id, byte[] bytes) {
    checkVersion(id, bytes);
    try {
      return CustomerReader.armed(
          DecoderFactory.get()
              .directBinaryDecoder(new ByteArrayInputStream(bytes, 1, bytes.length - 1), null));
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException("The state of customer " + id + " is corrupt", e);
    }
  }

  private static void checkVersion(String id, byte[] bytes) {
    if (bytes.length == 0 || bytes[0] < 1 || bytes[0] > VERSION) {
      throw new IllegalStateException(
          "Expected the state of customer %s in version 1 to %d, but it has version %d; run the version of Lifesign that wrote it"
              .formatted(id, VERSION, bytes.length == 0 ? -1 : bytes[0]));
    }
  }
}
