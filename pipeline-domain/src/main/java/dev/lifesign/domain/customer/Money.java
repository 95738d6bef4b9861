package dev.lifesign.domain.customer;

/** Arithmetic on minor units that saturates instead of overflowing. */
public final class Money {

  private Money() {}

  /** {@code a + b}, clamped to the range of a long. */
  public static long plus(long a, long b) {
    long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) {
      return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return sum;
  }

  /** {@code a * b}, at most {@code Long.MAX_VALUE}; neither is negative. */
  public static long times(long a, long b) {
    return Math.multiplyHigh(a, b) == 0 && a * b >= 0 ? a * b : Long.MAX_VALUE;
  }

  /** {@code a - b}, clamped to the range of a long; b is not negative. */
  public static long minus(long a, long b) {
    return plus(a, -b);
  }
}
