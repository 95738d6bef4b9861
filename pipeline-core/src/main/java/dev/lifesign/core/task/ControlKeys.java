package dev.lifesign.core.task;

import dev.lifesign.core.codec.PopulationCodec;
import dev.lifesign.core.contract.Tick;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/** The keys of records in the control topic, beside that of a {@link Tick}. */
public final class ControlKeys {

  private static final String POLICY = "policy/";

  private ControlKeys() {}

  /** The key of a policy. */
  public static byte[] policy(int version) {
    return (POLICY + version).getBytes(StandardCharsets.UTF_8);
  }

  /** Whether a record is a policy, by its key. */
  public static boolean isPolicy(byte[] key) {
    return key != null && text(key).startsWith(POLICY);
  }

  /**
   * Whether nothing may be judged before the record is understood, by its key: a policy, or cut
   * points. Anything else that cannot be read is a tick, without which the next one serves, or not
   * of Lifesign at all.
   */
  static boolean mustBeUnderstood(byte[] key) {
    return isPolicy(key) || (key != null && text(key).equals(PopulationCodec.CUTS_KEY));
  }

  /** A key of the store {@code control}. */
  static Bytes ofText(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A key to show. */
  static String text(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }
}
