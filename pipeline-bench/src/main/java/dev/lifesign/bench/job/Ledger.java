package dev.lifesign.bench.job;

/**
 * The status changes of each customer, in order: their number and a chained checksum that ignores
 * when they were detected. Two entrants did the same job if their ledgers are equal.
 */
public final class Ledger {

  private static final long PRIME = 0x100000001b3L;

  private final long[] checksums;
  private final long until;
  private long count;

  /**
   * Creates an empty ledger.
   *
   * @param customers the maximum number of customers
   * @param until changes that became true later are ignored; inclusive
   */
  public Ledger(int customers, long until) {
    this.checksums = new long[customers];
    this.until = until;
  }

  /** Adds the next status change of a customer. */
  public void add(
      int customer,
      long sequence,
      CharSequence from,
      CharSequence to,
      CharSequence reason,
      boolean late,
      long effectiveAt) {
    if (effectiveAt > until) {
      return;
    }
    count++;
    long hash = checksums[customer];
    hash = (hash ^ sequence) * PRIME;
    hash = text(hash, from);
    hash = text(hash, to);
    hash = text(hash, reason);
    hash = (hash ^ (late ? 1 : 2)) * PRIME;
    hash = (hash ^ effectiveAt) * PRIME;
    hash = (hash ^ (effectiveAt >>> 32)) * PRIME;
    checksums[customer] = hash;
  }

  private static long text(long hash, CharSequence text) {
    long mixed = hash;
    for (int i = 0; i < text.length(); i++) {
      mixed = (mixed ^ text.charAt(i)) * PRIME;
    }
    return (mixed ^ 0xFFFF) * PRIME;
  }

  /** The number of status changes. */
  public long count() {
    return count;
  }

  /** The number of customers whose status changes differ. */
  public long differences(Ledger other) {
    long differences = 0;
    for (int i = 0; i < checksums.length; i++) {
      differences += checksums[i] == other.checksums[i] ? 0 : 1;
    }
    return differences;
  }

  /** A checksum of the whole ledger. */
  public long checksum() {
    long all = 0;
    for (long checksum : checksums) {
      all = all * 31 + checksum;
    }
    return all;
  }
}
