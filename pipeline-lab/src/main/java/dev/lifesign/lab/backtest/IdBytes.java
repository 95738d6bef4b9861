package dev.lifesign.lab.backtest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A customer id as UTF-8. Reused for every event, so that looking up a customer creates no string;
 * a copy serves as the key.
 */
final class IdBytes {

  private byte[] bytes;
  private int length;
  private int hash;

  /** An empty id. */
  IdBytes() {
    bytes = new byte[64];
  }

  /** A copy that stays as it is when the other is reused. */
  IdBytes(IdBytes other) {
    bytes = Arrays.copyOf(other.bytes, other.length);
    length = other.length;
    hash = other.hash;
  }

  /** Reads this many bytes from a buffer. */
  void read(ByteBuffer buffer, int size) {
    if (bytes.length < size) {
      bytes = new byte[size];
    }
    buffer.get(bytes, 0, size);
    length = size;
    hash = 0;
    for (int i = 0; i < size; i++) {
      hash = 31 * hash + bytes[i];
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IdBytes id
        && hash == id.hash
        && Arrays.equals(bytes, 0, length, id.bytes, 0, id.length);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
