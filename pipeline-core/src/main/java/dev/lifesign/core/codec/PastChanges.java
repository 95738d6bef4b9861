package dev.lifesign.core.codec;

import dev.lifesign.domain.lifecycle.History;
import java.util.Arrays;
import java.util.List;

/**
 * Status changes of a customer one after another, as bytes ({@link HistoryCodec}): the last few are
 * read and written with the customer itself, and need not be understood for it. Immutable.
 */
public final class PastChanges {

  /** None. */
  public static final PastChanges NONE = new PastChanges(new byte[0]);

  private final byte[] entries;

  private PastChanges(byte[] entries) {
    this.entries = entries;
  }

  /** Of the bytes that {@link #toBytes} gave, which are not to be changed any more. */
  static PastChanges of(byte[] entries) {
    return entries.length == 0 ? NONE : new PastChanges(entries);
  }

  /** With the next one. */
  public PastChanges plus(History.Change change) {
    byte[] next = HistoryCodec.entry(change);
    byte[] all = Arrays.copyOf(entries, entries.length + next.length);
    System.arraycopy(next, 0, all, entries.length, next.length);
    return new PastChanges(all);
  }

  /** Each of them in order, the last of which has the sequence given. */
  public List<History.Change> upTo(String customerId, int sequence) {
    return HistoryCodec.decode(customerId, sequence, entries, 0);
  }

  /** The bytes, which are not to be changed. */
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
