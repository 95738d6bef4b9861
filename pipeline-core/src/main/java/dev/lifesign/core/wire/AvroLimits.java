package dev.lifesign.core.wire;

/**
 * Bounds what Avro believes. It makes room for a length before it has seen the bytes: a few wrong
 * ones would ask for gigabytes, and take the process down. It reads its limits from system
 * properties once, with the first record that is read; so whoever reads Avro here sets them before.
 */
public final class AvroLimits {

  private static final int ITEMS = 100_000;
  private static final int BYTES = 16 << 20;

  private AvroLimits() {}

  /** Sets the limits, where the user has not. */
  public static void set() {
    limit("org.apache.avro.limits.collectionItems.maxLength", ITEMS);
    limit("org.apache.avro.limits.string.maxLength", BYTES);
    limit("org.apache.avro.limits.bytes.maxLength", BYTES);
  }

  private static void limit(String property, int most) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, String.valueOf(most));
    }
  }
}
