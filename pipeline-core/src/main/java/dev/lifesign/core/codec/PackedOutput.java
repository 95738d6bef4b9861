package dev.lifesign.core.codec;

import dev.lifesign.domain.time.Instants;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes values in as few bytes as they need; {@link PackedInput} reads them. A number takes one
 * byte for each seven bits. An instant is its distance from a base that the reader knows too, in
 * days, minutes or milliseconds, whichever is whole.
 */
final class PackedOutput {

  static final long MINUTE = 60_000L;

  /** The units of a distance; the fourth code is for instants without one. */
  static final int IN_MILLIS = 0;

  static final int IN_MINUTES = 1;
  static final int IN_DAYS = 2;
  static final int APART = 3;

  /** Instants without a distance. */
  static final int NEVER = 0;

  static final int FOREVER = 1;
  static final int FAR = 2;

  /** Farther apart than this, an instant is written whole; no instant of an event is. */
  private static final long FARTHEST = 1L << 56;

  private byte[] bytes = new byte[48];
  private int size;

  /** Writes a number; a negative one takes ten bytes. */
  void number(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** Writes 16 bits. */
  void bits(int value) {
    room(Short.BYTES);
    bytes[size++] = (byte) (value >>> 8);
    bytes[size++] = (byte) value;
  }

  /** Writes 64 bits. */
  void whole(long value) {
    room(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  /** Writes a name: one that many policies use in one byte, any other as its UTF-8. */
  void name(String name) {
    int common = CommonNames.codeOf(name);
    if (common != CommonNames.NONE) {
      number(2L * common + 1);
      return;
    }
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    number(2L * text.length);
    room(text.length);
    System.arraycopy(text, 0, bytes, size, text.length);
    size += text.length;
  }

  /**
   * Writes an instant.
   *
   * @param base a finite instant that the reader knows
   */
  void instant(long at, long base) {
    if (at == Instants.NEVER) {
      number(tagged(NEVER, APART));
      return;
    }
    if (at == Instants.FOREVER) {
      number(tagged(FOREVER, APART));
      return;
    }
    if (at > FARTHEST || at < -FARTHEST || base > FARTHEST || base < -FARTHEST) {
      number(tagged(FAR, APART));
      whole(at);
      return;
    }
    long distance = at - base;
    if (distance % Instants.DAY == 0) {
      number(tagged(folded(distance / Instants.DAY), IN_DAYS));
    } else if (distance % MINUTE == 0) {
      number(tagged(folded(distance / MINUTE), IN_MINUTES));
    } else {
      number(tagged(folded(distance), IN_MILLIS));
    }
  }

  /** What was written. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private static long tagged(long value, int tag) {
    return value << 2 | tag;
  }

  /** Small numbers of either sign as small numbers. */
  private static long folded(long value) {
    return value << 1 ^ value >> 63;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
