package dev.lifesign.core.codec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names of cases, rungs and owners that the presets use, so that they take one byte in the
 * state of a customer. The codes are stored: names may be added at the end, up to {@link #MOST},
 * and none may be removed or moved.
 */
final class CommonNames {

  /** The code of a name that is not common. */
  static final int NONE = -1;

  /** How many codes fit into one byte. */
  static final int MOST = 64;

  private static final List<String> NAMES =
      List.of(
          "silence",
          "at-risk",
          "dormant",
          "churned",
          "no-second-order",
          "waiting",
          "vip-slipping",
          "slipping",
          "complaint",
          "detractor",
          "payment-failed",
          "failed",
          "cancellation",
          "scheduled",
          "unused",
          "renewal",
          "ahead",
          "crm",
          "growth",
          "retention",
          "customer-success",
          "billing",
          "support",
          "support-lead",
          "key-accounts",
          "store-manager",
          "customer",
          "ended");

  private static final Map<String, Integer> CODES = new HashMap<>();

  static {
    for (String name : NAMES) {
      CODES.put(name, CODES.size());
    }
  }

  private CommonNames() {}

  /** The code of a name; {@link #NONE} if it is not common. */
  static int codeOf(String name) {
    return CODES.getOrDefault(name, NONE);
  }

  /**
   * The name with this code.
   *
   * @throws IndexOutOfBoundsException if a later build has written it
   */
  static String of(int code) {
    return NAMES.get(code);
  }

  /** All names, in the order of their codes. */
  static List<String> all() {
    return NAMES;
  }
}
