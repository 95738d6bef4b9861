package dev.lifesign.core.store;

import java.nio.ByteBuffer;
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

  /** After so many status changes a block of them is written. */
  static final int CHANGES_OF_BLOCK = 8;

  private CustomerKey() {}

  /** Whether it is the key of a customer's record. */
  static boolean isCustomer(Bytes key) {
    return key.compareTo(AFTER_ALL) < 0;
  }

  /** Whether the task keeps what is under it in the heap until a commit. */
  static boolean isKeptInHeap(Bytes key) {
    return isCustomer(key) || key.equals(TICK);
  }

  /** A customer's record. */
  public static Bytes of(String customerId) {
    return Bytes.wrap(utf8(customerId));
  }

  /**
   * A block of a customer's last status changes, which ends with a sequence that is a multiple of
   * {@link #CHANGES_OF_BLOCK}; or one change, as an earlier version wrote it: {@code 0xFF 'h'}, the
   * length of the id in two bytes, the id, the sequence of the last in four; all big-endian, so
   * that the changes of one customer stand together and in order, whatever bytes ids are made of.
   */
  public static Bytes changes(String customerId, int sequence) {
    byte[] id = utf8(customerId);
    return Bytes.wrap(
        ByteBuffer.allocate(2 + Short.BYTES + id.length + Integer.BYTES)
            .put((byte) 0xFF)
            .put((byte) 'h')
            .putShort((short) id.length)
            .put(id)
            .putInt(sequence)
            .array());
  }

  /** The sequence in the key of status changes. */
  public static int sequence(Bytes changes) {
    return ByteBuffer.wrap(changes.get()).getInt(changes.get().length - Integer.BYTES);
  }

  /** The record key of what is told of a customer. */
  public static byte[] utf8(String customerId) {
    return customerId.getBytes(StandardCharsets.UTF_8);
  }
}
