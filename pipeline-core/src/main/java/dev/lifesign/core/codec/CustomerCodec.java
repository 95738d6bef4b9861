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
 * Encodes a customer for the store {@code customers} and decodes it again: one version byte, then
 * the Avro binary of {@link CustomerState}. Runs for every event, so it writes and reads the fields
 * one by one, in the order of that schema, and builds no Avro record. Reads every earlier version.
 * Not thread-safe: each task has its own.
 */
public final class CustomerCodec {

  static {
    AvroLimits.set();
  }

  /**
   * The version that is written. Version 4 has the same fields as version 3. It has its own number
   * because the builds that wrote version 3 need a changelog of deadlines, which later state does
   * not have.
   */
  static final byte VERSION = 7;

  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
  private final NameCache names = new NameCache();
  private BinaryEncoder encoder;
  private BinaryDecoder decoder;

  /** Encodes a customer. */
  public byte[] encode(StoredCustomer stored) {
    try {
      // Discards what a failed attempt to write a customer left in the encoder.
      encoder = EncoderFactory.get().binaryEncoder(buffer, encoder);
      buffer.reset();
      buffer.write(VERSION);
      new CustomerWriter(encoder, names).write(stored);
      encoder.flush();
      return buffer.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The state of customer " + stored.customer().id() + " could not be written", e);
    }
  }

  /**
   * Decodes a customer.
   *
   * @throws IllegalStateException if the bytes are not a customer's state: the store is corrupt, or
   *     a later version wrote it
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
   * The instant of the customer's entry in the deadline index; FOREVER if it has none. Decodes no
   * further than that field.
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
          "The state of customer %s has version %d, but this build reads versions 1 to %d; run the version of Lifesign that wrote it"
              .formatted(id, bytes.length == 0 ? -1 : bytes[0], VERSION));
    }
  }
}
