package dev.lifesign.core.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * The keys of the store {@code customers}. The key of a customer is its id in UTF-8. All other keys
 * begin with 0xFF, which no UTF-8 text does, so they come after every customer. Everything is in
 * one store so that a copy, however far behind, is consistent: the last tick in the copy is the
 * last tick that its customers have seen.
 */
public final class CustomerKey {

  /** A key after every customer's and before all others. */
  public static final Bytes AFTER_ALL = Bytes.wrap(new byte[] {(byte) 0xFF});

  /** The key of the last tick that was read. */
  static final Bytes TICK = Bytes.wrap(new byte[] {(byte) 0xFF, 't'});

  /** The number of status changes in a block. */
  static final int CHANGES_OF_BLOCK = 8;

  private CustomerKey() {}

  /** Whether a key is that of a customer. */
  static boolean isCustomer(Bytes key) {
    return key.compareTo(AFTER_ALL) < 0;
  }

  /** Whether the task keeps the value of this key in the heap until a commit. */
  static boolean isKeptInHeap(Bytes key) {
    return isCustomer(key) || key.equals(TICK);
  }

  /** The key of a customer. */
  public static Bytes of(String customerId) {
    return Bytes.wrap(utf8(customerId));
  }

  /**
   * The key of a block of a customer's status changes, whose last sequence is a multiple of {@link
   * #CHANGES_OF_BLOCK}, or of a single change, as an earlier version wrote it: {@code 0xFF 'h'},
   * the length of the id in two bytes, the id, the last sequence in four bytes. Numbers are
   * big-endian, so the changes of a customer are adjacent and in order, whatever bytes the ids
   * consist of.
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

  /** The last sequence in a key of status changes. */
  public static int sequence(Bytes changes) {
    return ByteBuffer.wrap(changes.get()).getInt(changes.get().length - Integer.BYTES);
  }

  /** The record key of everything that is published about a customer. */
  public static byte[] utf8(String customerId) {
    return customerId.getBytes(StandardCharsets.UTF_8);
  }
}
