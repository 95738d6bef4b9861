package dev.lifesign.bench.job;

/**
 * What was told of each customer, in order: a number of status changes and a checksum chained over
 * them, without when they were found. Two entrants did the same job if their ledgers are equal.
 */
public final class Ledger {

  private static final long PRIME = 0x100000001b3L;

  private final long[] checksums;
  private final long until;
  private long count;

  /**
   * An empty ledger.
   *
   * @param customers how many there can be
   * @param until changes that became true later are left out; inclusive
   */
  public Ledger(int customers, long until) {
    this.checksums = new long[customers];
    this.until = until;
  }

  /** Notes a status change, the next of its customer. */
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

  /** How many status changes there are. */
  public long count() {
    return count;
  }

  /** Of how many customers the two tell different things. */
  public long differences(Ledger other) {
    long differences = 0;
    for (int i = 0; i < checksums.length; i++) {
      differences += checksums[i] == other.checksums[i] ? 0 : 1;
    }
    return differences;
  }

  /** One number for the whole. */
  public long checksum() {
    long all = 0;
    for (long checksum : checksums) {
      all = all * 31 + checksum;
    }
    return all;
  }
}
