package dev.lifesign.domain.alert;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Which customers are held out of a case: a share that is the same for ever, since it follows from
 * the ids alone.
 */
public final class Holdout {

  private static final int BYTES = 8;
  private static final BigDecimal ALL = new BigDecimal(BigInteger.ONE.shiftLeft(8 * BYTES));

  private Holdout() {}

  /**
   * Whether the first 8 bytes of SHA-256 over customer and case, separated by NUL, as an unsigned
   * fraction of 2^64, are below the share. The share counts as the decimal that it is written as,
   * not as the double next to it, and nothing is rounded.
   *
   * @param share 0 to 1
   */
  public static boolean includes(String customerId, String caseId, double share) {
    if (share == 0) {
      return false;
    }
    BigInteger fraction = new BigInteger(1, Sha256.of(customerId + '\0' + caseId), 0, BYTES);
    return new BigDecimal(fraction).compareTo(BigDecimal.valueOf(share).multiply(ALL)) < 0;
  }
}
