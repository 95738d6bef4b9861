package dev.lifesign.domain.customer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The last {@link #SIZE} accepted event ids of a customer, as 64-bit hashes (FNV-1a, 64 bits:
 * Fowler, Noll, Vo), oldest first. Immutable.
 */
public final class RecentEvents {

  /** How many ids are kept. */
  public static final int SIZE = 64;

  /** No events yet. */
  public static final RecentEvents NONE = new RecentEvents(new long[0]);

  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  /** A character below this is one byte of UTF-8 with the same value. */
  private static final int ASCII = 0x80;

  private final long[] hashes;

  private RecentEvents(long[] hashes) {
    this.hashes = hashes;
  }

  /**
   * Restores hashes, oldest first.
   *
   * @param hashes at most {@link #SIZE}
   */
  public static RecentEvents of(long[] hashes) {
    return hashes.length == 0 ? NONE : new RecentEvents(hashes.clone());
  }

  /** The hash under which an id is kept. */
  public static long hash(String eventId) {
    long hash = OFFSET_BASIS;
    for (int i = 0; i < eventId.length(); i++) {
      char character = eventId.charAt(i);
      if (character >= ASCII) {
        return hashOfBytes(eventId);
      }
      hash = (hash ^ character) * PRIME;
    }
    return hash;
  }

  private static long hashOfBytes(String eventId) {
    byte[] utf8 = eventId.getBytes(StandardCharsets.UTF_8);
    return hash(utf8, 0, utf8.length);
  }

  /** The hash of an id that is given as UTF-8 bytes. */
  public static long hash(byte[] utf8, int from, int to) {
    long hash = OFFSET_BASIS;
    for (int i = from; i < to; i++) {
      hash = (hash ^ (utf8[i] & 0xff)) * PRIME;
    }
    return hash;
  }

  /** Whether an id with this hash is among them. */
  public boolean contains(long hash) {
    for (long known : hashes) {
      if (known == hash) {
        return true;
      }
    }
    return false;
  }

  /** Adds a newer one; drops the oldest if there are too many. */
  public RecentEvents with(long hash) {
    int kept = Math.min(hashes.length, SIZE - 1);
    long[] next = new long[kept + 1];
    System.arraycopy(hashes, hashes.length - kept, next, 0, kept);
    next[kept] = hash;
    return new RecentEvents(next);
  }

  /** The hashes, oldest first, eight bytes each, big-endian. */
  public byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(hashes.length * Long.BYTES);
    bytes.asLongBuffer().put(hashes);
    return bytes.array();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecentEvents events && Arrays.equals(hashes, events.hashes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hashes);
  }

  @Override
  public String toString() {
    return hashes.length + " event ids";
  }
}
