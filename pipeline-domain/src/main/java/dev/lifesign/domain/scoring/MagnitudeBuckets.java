package dev.lifesign.domain.scoring;

/**
 * Buckets of whole numbers. The numbers of a bucket differ by less than 1/128 of themselves; up to
 * 255, every number has a bucket of its own. Log-linear, as in HdrHistogram (Tene), but in integer
 * arithmetic only, so that every machine puts a number into the same bucket. Negative numbers
 * mirror positive ones.
 */
final class MagnitudeBuckets {

  /** Two to this power is the number of buckets per doubling: 128. */
  private static final int BITS = 7;

  private static final int PER_DOUBLING = 1 << BITS;

  private MagnitudeBuckets() {}

  /** The bucket of a number; buckets are ordered as their numbers are. */
  static long of(long value) {
    return value < 0 ? -ofPositive(-Math.max(value, -Long.MAX_VALUE)) : ofPositive(value);
  }

  /** The greatest number in a bucket. */
  static long greatest(long bucket) {
    return bucket < 0 ? -least(-bucket) : least(bucket) + width(bucket) - 1;
  }

  private static long ofPositive(long value) {
    if (value < PER_DOUBLING) {
      return value;
    }
    int doublings = Long.SIZE - 1 - BITS - Long.numberOfLeadingZeros(value);
    return ((long) doublings << BITS) + (value >>> doublings);
  }

  private static long least(long bucket) {
    return bucket < PER_DOUBLING
        ? bucket
        : ((bucket & (PER_DOUBLING - 1)) + PER_DOUBLING) * width(bucket);
  }

  private static long width(long bucket) {
    return bucket < PER_DOUBLING ? 1 : 1L << ((bucket >>> BITS) - 1);
  }
}
