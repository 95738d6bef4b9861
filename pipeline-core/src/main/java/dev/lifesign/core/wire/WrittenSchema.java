package dev.lifesign.core.wire;

import java.util.IdentityHashMap;
import org.apache.avro.Schema;

/**
 * Finds schemas whose records can cause far more work than their bytes account for. Avro reads and
 * skips without a limit: an array can claim trillions of elements that take no bytes, nested
 * records can double with each level, and a recursive schema can nest as deep as the bytes say.
 */
final class WrittenSchema {

  /** Up to this many consecutive parts without bytes are harmless. */
  private static final int MOST_WITHOUT_BYTES = 256;

  /** The size of everything that takes at least one byte. */
  private static final int SOME = 1;

  private WrittenSchema() {}

  /**
   * Whether a record with the schema must be checked by a {@link BoundedWalk} before it is read.
   */
  static boolean isCostly(Schema schema) {
    Look look = new Look();
    look.at(schema);
    return look.costly;
  }

  /**
   * The minimum size of a schema's values, and the number of their parts without bytes.
   *
   * @param bytes 0, or 1 for at least one byte
   * @param free parts without bytes that are visited for one value
   */
  private record Cost(int bytes, int free) {}

  private static final class Look {
    private static final Cost ONE_BYTE = new Cost(SOME, 0);
    private static final Cost NOTHING = new Cost(0, 1);

    private final IdentityHashMap<Schema, Cost> known = new IdentityHashMap<>();
    private boolean costly;

    Cost at(Schema schema) {
      Cost seen = known.get(schema);
      if (seen != null) {
        return seen;
      }
      return switch (schema.getType()) {
        case NULL -> NOTHING;
        case FIXED -> schema.getFixedSize() == 0 ? NOTHING : ONE_BYTE;
        case ARRAY -> {
          Cost element = at(schema.getElementType());
          costly |= element.bytes() == 0;
          yield new Cost(SOME, element.free());
        }
        case MAP -> new Cost(SOME, at(schema.getValueType()).free());
        case UNION -> {
          int most = 0;
          for (Schema branch : schema.getTypes()) {
            most = Math.max(most, at(branch).free());
          }
          yield new Cost(SOME, most);
        }
        case RECORD -> record(schema);
        default -> ONE_BYTE;
      };
    }

    private Cost record(Schema schema) {
      // If it is met again inside itself, it is recursive.
      known.put(schema, new Cost(0, MOST_WITHOUT_BYTES + 1));
      int bytes = 0;
      int free = 1;
      for (Schema.Field field : schema.getFields()) {
        Cost cost = at(field.schema());
        bytes = Math.max(bytes, cost.bytes());
        free = Math.min(MOST_WITHOUT_BYTES + 1, free + cost.free());
      }
      costly |= free > MOST_WITHOUT_BYTES;
      Cost cost = new Cost(bytes, free);
      known.put(schema, cost);
      return cost;
    }
  }
}
