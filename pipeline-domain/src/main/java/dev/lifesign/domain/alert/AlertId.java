package dev.lifesign.domain.alert;

import java.util.HexFormat;

/** The id of an alert: a function of customer, case and number. */
public final class AlertId {

  private static final int BYTES = 16;

  private AlertId() {}

  /**
   * The first 16 bytes of SHA-256 over customer, case and number, separated by NUL; 32 hexadecimal
   * digits.
   */
  public static String of(String customerId, String caseId, int number) {
    byte[] digest = Sha256.of(customerId + '\0' + caseId + '\0' + number);
    return HexFormat.of().formatHex(digest, 0, BYTES);
  }
}
