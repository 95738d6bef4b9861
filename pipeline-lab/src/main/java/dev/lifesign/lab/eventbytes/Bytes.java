package dev.lifesign.lab.eventbytes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A growing buffer of bytes. Numbers have a fixed width, which takes more bytes than Avro but needs
 * no loop to write and read; text is preceded by its length.
 */
public final class Bytes {

  private ByteBuffer buffer;

  /** An empty buffer with an initial capacity. */
  public Bytes(int capacity) {
    buffer = ByteBuffer.allocate(capacity);
  }

  /** The number of bytes written. */
  public int size() {
    return buffer.position();
  }

  /** Adds a byte. */
  public void put(byte value) {
    ensure(Byte.BYTES);
    buffer.put(value);
  }

  /** Adds a constant as its ordinal, in one byte. */
  public void put(Enum<?> constant) {
    put((byte) constant.ordinal());
  }

  /** Adds a byte, 1 or 0. */
  public void put(boolean value) {
    put((byte) (value ? 1 : 0));
  }

  /** Adds four bytes. */
  public void put(int value) {
    ensure(Integer.BYTES);
    buffer.putInt(value);
  }

  /** Adds eight bytes. */
  public void put(long value) {
    ensure(Long.BYTES);
    buffer.putLong(value);
  }

  /** Adds eight bytes. */
  public void put(double value) {
    ensure(Double.BYTES);
    buffer.putDouble(value);
  }

  /** Adds text: its length in bytes, then its UTF-8. */
  public void put(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ensure(Integer.BYTES + utf8.length);
    buffer.putInt(utf8.length).put(utf8);
  }

  /** Removes all bytes; the capacity stays. */
  public void clear() {
    buffer.clear();
  }

  /** Overwrites a number at an offset. */
  public void set(int at, int value) {
    buffer.putInt(at, value);
  }

  /** The backing array, with unused capacity at the end; not a copy. */
  public byte[] array() {
    return buffer.array();
  }

  private void ensure(int more) {
    if (buffer.remaining() < more) {
      int capacity = Math.max(2 * buffer.capacity(), buffer.position() + more);
      buffer = ByteBuffer.allocate(capacity).put(buffer.flip());
    }
  }
}
