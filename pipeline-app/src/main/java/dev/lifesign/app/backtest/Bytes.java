package dev.lifesign.app.backtest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Bytes that are written one after the other and find room. Numbers have all their bytes, which are
 * more than Avro would write and are written and read without a loop; a text has its length before
 * it.
 */
final class Bytes {

  private ByteBuffer buffer;

  /** None yet, and room for so many. */
  Bytes(int room) {
    buffer = ByteBuffer.allocate(room);
  }

  int size() {
    return buffer.position();
  }

  void put(byte value) {
    ensure(Byte.BYTES);
    buffer.put(value);
  }

  /** A constant, by its place among those of its type. */
  void put(Enum<?> constant) {
    put((byte) constant.ordinal());
  }

  void put(boolean value) {
    put((byte) (value ? 1 : 0));
  }

  void put(int value) {
    ensure(Integer.BYTES);
    buffer.putInt(value);
  }

  void put(long value) {
    ensure(Long.BYTES);
    buffer.putLong(value);
  }

  void put(double value) {
    ensure(Double.BYTES);
    buffer.putDouble(value);
  }

  void put(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ensure(Integer.BYTES + utf8.length);
    buffer.putInt(utf8.length).put(utf8);
  }

  /** Changes a number that was written. */
  void set(int at, int value) {
    buffer.putInt(at, value);
  }

  /** All of them, and room behind them, not copied. */
  byte[] array() {
    return buffer.array();
  }

  private void ensure(int more) {
    if (buffer.remaining() < more) {
      int room = Math.max(2 * buffer.capacity(), buffer.position() + more);
      buffer = ByteBuffer.allocate(room).put(buffer.flip());
    }
  }
}
