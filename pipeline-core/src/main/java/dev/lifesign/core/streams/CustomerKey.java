package dev.lifesign.core.streams;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * The keys of the store {@code customers}. A customer stands under its id in UTF-8; what belongs to
 * it or to the partition stands under keys that begin with 0xFF, which no UTF-8 text does, so that
 * they come after every customer. All is in one store because a copy of it, however far behind, is
 * then what the whole was at one instant: the last tick that a copy has is the last that its
 * customers have seen.
 */
public final class CustomerKey {

  /** Before every key that is none of a customer, and after every one that is. */
  public static final Bytes AFTER_ALL = Bytes.wrap(new byte[] {(byte) 0xFF});

  /** The last tick that was read. */
  static final Bytes TICK = Bytes.wrap(new byte[] {(byte) 0xFF, 't'});

  private CustomerKey() {}

  /** A customer's record. */
  static Bytes of(String customerId) {
    return Bytes.wrap(utf8(customerId));
  }

  /** A customer's last status changes. */
  static Bytes history(String customerId) {
    byte[] id = utf8(customerId);
    byte[] key = new byte[id.length + 2];
    key[0] = (byte) 0xFF;
    key[1] = 'h';
    System.arraycopy(id, 0, key, 2, id.length);
    return Bytes.wrap(key);
  }

  /** The record key of what is told of a customer. */
  static byte[] utf8(String customerId) {
    return customerId.getBytes(StandardCharsets.UTF_8);
  }
}
