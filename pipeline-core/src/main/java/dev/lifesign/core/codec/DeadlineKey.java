package dev.lifesign.core.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * The key of an entry in the deadline index, which is part of the store of customers: 0xFF {@code
 * 'd'}, which no customer's key begins with, the instant in eight bytes, then the customer's id in
 * UTF-8. The instant is big-endian with its sign bit flipped. Stores compare bytes as unsigned, so
 * entries are ordered by time, and by id within an instant.
 *
 * @param due milliseconds since 1970
 * @param customerId the customer
 */
public record DeadlineKey(long due, String customerId) implements Comparable<DeadlineKey> {

  /** A key before every entry. */
  public static final Bytes BEFORE_ALL = Bytes.wrap(new byte[] {(byte) 0xFF, 'd'});

  /** A key after every entry. */
  public static final Bytes AFTER_ALL = Bytes.wrap(new byte[] {(byte) 0xFF, 'd' + 1});

  private static final int PREFIX = 2;

  /** The number of bytes before the id. */
  public static final int BEFORE_ID = PREFIX + Long.BYTES;

  private static final VarHandle INSTANT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Encodes the key. */
  public Bytes toBytes() {
    return toBytes(due, customerId.getBytes(StandardCharsets.UTF_8));
  }

  /** Encodes the key of a customer whose id is given in UTF-8. */
  public static Bytes toBytes(long due, byte[] id) {
    return Bytes.wrap(
        ByteBuffer.allocate(BEFORE_ID + id.length)
            .put((byte) 0xFF)
            .put((byte) 'd')
            .putLong(due ^ Long.MIN_VALUE)
            .put(id)
            .array());
  }

  /** Decodes a key. */
  public static DeadlineKey of(Bytes bytes) {
    return new DeadlineKey(
        due(bytes),
        new String(bytes.get(), BEFORE_ID, bytes.get().length - BEFORE_ID, StandardCharsets.UTF_8));
  }

  /** The instant in an encoded key. */
  public static long due(Bytes bytes) {
    return (long) INSTANT.get(bytes.get(), PREFIX) ^ Long.MIN_VALUE;
  }

  /** Whether a key of the store belongs to the deadline index. */
  public static boolean isOne(Bytes bytes) {
    return bytes.compareTo(BEFORE_ALL) >= 0 && bytes.compareTo(AFTER_ALL) < 0;
  }

  /** The lowest key of an instant: before that of every customer. */
  public static Bytes first(long due) {
    return new DeadlineKey(due, "").toBytes();
  }

  @Override
  public int compareTo(DeadlineKey other) {
    return toBytes().compareTo(other.toBytes());
  }
}
