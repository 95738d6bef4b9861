package dev.lifesign.core.wire;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.kafka.common.errors.SerializationException;

/** Walks through the bytes of a record without making it, and gives up where that is too much. */
final class BoundedWalk {

  /** Deeper than any event, and far from the end of a thread's stack. */
  private static final int MOST_DEPTH = 100;

  /** Parts that need no bytes: more than a record has that is not meant to do harm. */
  private static final long MOST_FREE_PARTS = 100_000;

  /** Parts that a byte pays for: itself, and what encloses it. */
  private static final long PARTS_PER_BYTE = 16;

  private final Decoder decoder;
  private long left;

  private BoundedWalk(Decoder decoder, int bytes) {
    this.decoder = decoder;
    this.left = MOST_FREE_PARTS + PARTS_PER_BYTE * bytes;
  }

  /**
   * Walks through a record of so many bytes.
   *
   * @throws SerializationException if it is nested too deep or has too many parts
   * @throws IOException if its bytes end before it does
   */
  static void through(Schema schema, Decoder decoder, int bytes) throws IOException {
    new BoundedWalk(decoder, bytes).walk(schema, 0);
  }

  private void walk(Schema schema, int depth) throws IOException {
    if (depth > MOST_DEPTH) {
      throw new SerializationException(
          "Expected a record nested at most "
              + MOST_DEPTH
              + " deep, but it is nested deeper; check the producer's schema");
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
   * How many items the next block has; 0 at the end. A block with a negative count says its size in
   * bytes, by which a reader may jump over it: then nobody has walked through its items.
   */
  private long items() throws IOException {
    long count = decoder.readLong();
    if (count < 0) {
      throw new SerializationException(
          "Expected blocks of arrays and maps that count their items, but one gives its size in"
              + " bytes, which is refused for a schema whose parts may need no bytes; check the"
              + " producer's schema");
    }
    return count;
  }

  private void spend() {
    if (--left < 0) {
      throw new SerializationException(
          "Expected a record whose bytes pay for its parts, but it claims more parts than that, most"
              + " of them without bytes; check the producer's schema");
    }
  }
}
