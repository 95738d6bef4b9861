package dev.lifesign.core.codec;

import dev.lifesign.domain.time.Instants;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads what a {@link PackedOutput} wrote. Bytes that it did not write end in an unchecked
 * exception.
 */
final class PackedInput {

  private final ByteBuffer bytes;

  PackedInput(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  boolean isAtEnd() {
    return !bytes.hasRemaining();
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalStateException("A number has more than ten bytes");
  }

  /** A number that counts something. */
  int count() {
    return Math.toIntExact(number());
  }

  int bits() {
    return bytes.getShort() & 0xFFFF;
  }

  long whole() {
    return bytes.getLong();
  }

  String name() {
    int head = count();
    if ((head & 1) == 1) {
      return CommonNames.of(head >> 1);
    }
    int length = head >> 1;
    if (length > bytes.remaining()) {
      throw new IllegalStateException("A name has %d bytes, more than there are".formatted(length));
    }
    byte[] text = new byte[length];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  /**
   * Reads an instant.
   *
   * @param base the base with which it was written
   */
  long instant(long base) {
    long head = number();
    long value = head >>> 2;
    return switch ((int) (head & 3)) {
      case PackedOutput.IN_MILLIS -> base + unfolded(value);
      case PackedOutput.IN_MINUTES -> base + unfolded(value) * PackedOutput.MINUTE;
      case PackedOutput.IN_DAYS -> base + unfolded(value) * Instants.DAY;
      default ->
          switch ((int) value) {
            case PackedOutput.NEVER -> Instants.NEVER;
            case PackedOutput.FOREVER -> Instants.FOREVER;
            default -> bytes.getLong();
          };
    };
  }

  private static long unfolded(long value) {
    return value >>> 1 ^ -(value & 1);
  }
}
