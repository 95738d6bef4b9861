package dev.lifesign.core.streams.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * The key of the store {@code deadlines}: eight bytes of the instant, then the customer's id in
 * UTF-8. The instant is big-endian with its sign bit flipped, so that the order of the bytes, which
 * a store compares as unsigned, is the order of time, and of ids within an instant.
 *
 * @param due milliseconds since 1970
 * @param customerId the customer
 */
public record DeadlineKey(long due, String customerId) implements Comparable<DeadlineKey> {

  /** The bytes of the key. */
  public Bytes toBytes() {
    byte[] id = customerId.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(Long.BYTES + id.length).putLong(due ^ Long.MIN_VALUE).put(id).array());
  }

  /** The key of the bytes. */
  public static DeadlineKey of(Bytes bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes.get());
    long due = buffer.getLong() ^ Long.MIN_VALUE;
    return new DeadlineKey(
        due,
        new String(
            bytes.get(), Long.BYTES, bytes.get().length - Long.BYTES, StandardCharsets.UTF_8));
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
