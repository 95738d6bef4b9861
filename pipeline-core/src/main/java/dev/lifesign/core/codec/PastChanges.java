package dev.lifesign.core.codec;

import dev.lifesign.domain.lifecycle.History;
import java.util.Arrays;
import java.util.List;

/**
 * The encoded status changes of a customer, one after another ({@link HistoryCodec}). The last few
 * are read and written with the customer itself and need not be decoded for that. Immutable.
 */
public final class PastChanges {

  /** No changes. */
  public static final PastChanges NONE = new PastChanges(new byte[0]);

  private final byte[] entries;

  private PastChanges(byte[] entries) {
    this.entries = entries;
  }

  /**
   * The changes that {@link #toBytes} encoded. The array is not copied and must not be modified.
   */
  static PastChanges of(byte[] entries) {
    return entries.length == 0 ? NONE : new PastChanges(entries);
  }

  /** Appends the next change. */
  public PastChanges plus(History.Change change) {
    byte[] next = HistoryCodec.entry(change);
    byte[] all = Arrays.copyOf(entries, entries.length + next.length);
    System.arraycopy(next, 0, all, entries.length, next.length);
    return new PastChanges(all);
  }

  /** Decodes the changes, oldest first; the last one has the given sequence. */
  public List<History.Change> upTo(String customerId, int sequence) {
    return HistoryCodec.decode(customerId, sequence, entries, 0);
  }

  /** The bytes, which must not be modified. */
  byte[] toBytes() {
    return entries;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PastChanges changes && Arrays.equals(entries, changes.entries);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(entries);
  }

  @Override
  public String toString() {
    return entries.length + " bytes of status changes";
  }
}
