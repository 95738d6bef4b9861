package dev.lifesign.app.kept;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Bytes that are written one after the other and find room. Numbers have all their bytes, which are
 * more than Avro would write and are written and read without a loop; a text has its length before
 * it.
 */
public final class Bytes {

  private ByteBuffer buffer;

  /** None yet, and room for so many. */
  public Bytes(int room) {
    buffer = ByteBuffer.allocate(room);
  }

  /** How many there are. */
  public int size() {
    return buffer.position();
  }

  /** Adds a byte. */
  public void put(byte value) {
    ensure(Byte.BYTES);
    buffer.put(value);
  }

  /** A constant, by its place among those of its type. */
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

  /** Adds the length in bytes, and the text in UTF-8. */
  public void put(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ensure(Integer.BYTES + utf8.length);
    buffer.putInt(utf8.length).put(utf8);
  }

  /** None any more; the room stays. */
  public void clear() {
    buffer.clear();
  }

  /** Changes a number that was written. */
  public void set(int at, int value) {
    buffer.putInt(at, value);
  }

  /** All of them, and room behind them, not copied. */
  public byte[] array() {
    return buffer.array();
  }

  private void ensure(int more) {
    if (buffer.remaining() < more) {
      int room = Math.max(2 * buffer.capacity(), buffer.position() + more);
      buffer = ByteBuffer.allocate(room).put(buffer.flip());
    }
  }
}
