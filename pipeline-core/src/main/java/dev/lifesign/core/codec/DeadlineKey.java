package dev.lifesign.core.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * The key of an entry of the index of deadlines, which stands in the store of customers: 0xFF
 * {@code 'd'}, which no customer's key begins with, eight bytes of the instant, then the customer's
 * id in UTF-8. The instant is big-endian with its sign bit flipped, so that the order of the bytes,
 * which a store compares as unsigned, is the order of time, and of ids within an instant.
 *
 * @param due milliseconds since 1970
 * @param customerId the customer
 */
public record DeadlineKey(long due, String customerId) implements Comparable<DeadlineKey> {

  /** Before the first key of all. */
  public static final Bytes BEFORE_ALL = Bytes.wrap(new byte[] {(byte) 0xFF, 'd'});

  /** After the last key of all. */
  public static final Bytes AFTER_ALL = Bytes.wrap(new byte[] {(byte) 0xFF, 'd' + 1});

  private static final int PREFIX = 2;

  /** Bytes of a key that stand before the id. */
  public static final int BEFORE_ID = PREFIX + Long.BYTES;

  private static final VarHandle INSTANT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** The bytes of the key. */
  public Bytes toBytes() {
    return toBytes(due, customerId.getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes of the key of a customer whose id is there in UTF-8. */
  public static Bytes toBytes(long due, byte[] id) {
    return Bytes.wrap(
        ByteBuffer.allocate(BEFORE_ID + id.length)
            .put((byte) 0xFF)
            .put((byte) 'd')
            .putLong(due ^ Long.MIN_VALUE)
            .put(id)
            .array());
  }

  /** The key of the bytes. */
  public static DeadlineKey of(Bytes bytes) {
    return new DeadlineKey(
        due(bytes),
        new String(bytes.get(), BEFORE_ID, bytes.get().length - BEFORE_ID, StandardCharsets.UTF_8));
  }

  /** The instant of a key's bytes. */
  public static long due(Bytes bytes) {
    return (long) INSTANT.get(bytes.get(), PREFIX) ^ Long.MIN_VALUE;
  }

  /** Whether a key of the store is one of the index. */
  public static boolean isOne(Bytes bytes) {
    return bytes.compareTo(BEFORE_ALL) >= 0 && bytes.compareTo(AFTER_ALL) < 0;
  }

  /** The least key of an instant: before every customer's. */
  public static Bytes first(long due) {
    return new DeadlineKey(due, "").toBytes();
  }

  @Override
  public int compareTo(DeadlineKey other) {
    return toBytes().compareTo(other.toBytes());
  }
}
