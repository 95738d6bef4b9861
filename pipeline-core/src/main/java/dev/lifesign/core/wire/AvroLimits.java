package dev.lifesign.core.wire;

/**
 * Limits the lengths that Avro accepts. Avro allocates memory for a length before it has read the
 * bytes, so a few corrupt bytes could demand gigabytes and bring the process down. It reads its
 * limits from system properties once, with the first record, so every class that reads Avro sets
 * them first.
 */
public final class AvroLimits {

  private static final int ITEMS = 100_000;
  private static final int BYTES = 16 << 20;

  private AvroLimits() {}

  /** Sets the limits, unless the user has. */
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
