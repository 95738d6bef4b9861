package dev.lifesign.domain.alert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The id of an alert: a function of customer, rule and occurrence. */
public final class AlertId {

  private static final int BYTES = 16;
  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(AlertId::sha256);

  private AlertId() {}

  /**
   * The first 16 bytes of SHA-256 over customer, rule and occurrence, separated by NUL; 32
   * hexadecimal digits.
   */
  public static String of(String customerId, String rule, int occurrence) {
    String content = customerId + '\0' + rule + '\0' + occurrence;
    byte[] digest = SHA_256.get().digest(content.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
