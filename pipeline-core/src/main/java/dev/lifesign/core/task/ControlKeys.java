package dev.lifesign.core.task;

import dev.lifesign.core.codec.PopulationCodec;
import dev.lifesign.core.contract.Tick;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/** The keys of records in the control topic, except for that of a {@link Tick}. */
public final class ControlKeys {

  private static final String POLICY = "policy/";

  private ControlKeys() {}

  /** The key of a policy. */
  public static byte[] policy(int version) {
    return (POLICY + version).getBytes(StandardCharsets.UTF_8);
  }

  /** Whether a record with this key is a policy. */
  public static boolean isPolicy(byte[] key) {
    return key != null && text(key).startsWith(POLICY);
  }

  /**
   * Whether the task must understand a record with this key before it continues: a policy or cut
   * points. Any other record that cannot be read is a tick, which the next tick replaces, or was
   * not written by Lifesign.
   */
  static boolean mustBeUnderstood(byte[] key) {
    return isPolicy(key) || (key != null && text(key).equals(PopulationCodec.CUTS_KEY));
  }

  /** A key of the store {@code control}. */
  static Bytes ofText(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The key as text. */
  static String text(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }
}
