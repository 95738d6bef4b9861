package dev.lifesign.core.wire;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Walks through the bytes of a record without building it, and fails if that takes too many steps.
 */
final class BoundedWalk {

  /** Deeper than any event, and far below the limit of a thread's stack. */
  private static final int MOST_DEPTH = 100;

  /**
   * The number of parts without bytes that a record may have; more than any harmless record has.
   */
  private static final long MOST_FREE_PARTS = 100_000;

  /** The number of parts that a byte accounts for: its own and the enclosing ones. */
  private static final long PARTS_PER_BYTE = 16;

  private final Decoder decoder;
  private long left;

  private BoundedWalk(Decoder decoder, int bytes) {
    this.decoder = decoder;
    this.left = MOST_FREE_PARTS + PARTS_PER_BYTE * bytes;
  }

  /**
   * Walks through a record.
   *
   * @param bytes the length of the record
   * @throws SerializationException if it is nested too deeply or has too many parts
   * @throws IOException if its bytes end before it does
   */
  static void through(Schema schema, Decoder decoder, int bytes) throws IOException {
    new BoundedWalk(decoder, bytes).walk(schema, 0);
  }

  private void walk(Schema schema, int depth) throws IOException {
    if (depth > MOST_DEPTH) {
      throw new SerializationException(
          "The record is nested more than "
              + MOST_DEPTH
              + " levels deep, the most that is accepted; check the producer's schema");
    }
    spend();
    switch (schema.getType()) {
      case RECORD -> {
        for (Schema.Field field : schema.getFields()) {
          walk(field.schema(), depth + 1);
        }
      }
      case ARRAY -> {
        for (long count = items(); count > 0; count = items()) {
          for (long i = 0; i < count; i++) {
            walk(schema.getElementType(), depth + 1);
          }
        }
      }
      case MAP -> {
        for (long count = items(); count > 0; count = items()) {
          for (long i = 0; i < count; i++) {
            decoder.skipString();
            walk(schema.getValueType(), depth + 1);
          }
        }
      }
      case UNION -> walk(schema.getTypes().get(decoder.readIndex()), depth + 1);
      case ENUM -> decoder.readEnum();
      case FIXED -> decoder.skipFixed(schema.getFixedSize());
      case STRING -> decoder.skipString();
      case BYTES -> decoder.skipBytes();
      case INT -> decoder.readInt();
      case LONG -> decoder.readLong();
      case FLOAT -> decoder.readFloat();
      case DOUBLE -> decoder.readDouble();
      case BOOLEAN -> decoder.readBoolean();
      case NULL -> decoder.readNull();
    }
  }

  /**
   * The number of items in the next block; 0 at the end. A block with a negative count also has its
   * size in bytes, with which a reader can skip it without checking its items, so it is refused.
   */
  private long items() throws IOException {
    long count = decoder.readLong();
    if (count < 0) {
      throw new SerializationException(
          "A block of an array or map gives its size in bytes, which is refused for a schema whose parts may"
              + " need no bytes; use blocks that only count their items, or check the producer's schema");
    }
    return count;
  }

  private void spend() {
    if (--left < 0) {
      throw new SerializationException(
          "The record claims more parts than its bytes can account for, most of them without bytes;"
              + " check the producer's schema");
    }
  }
}
