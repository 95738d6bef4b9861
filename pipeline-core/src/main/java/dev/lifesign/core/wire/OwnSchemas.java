package dev.lifesign.core.wire;

import dev.lifesign.schema.PurchaseEvent;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Finds this build's version of a writer's schema, by its name. The writer chooses the name, so
 * classes are loaded only from the package of Lifesign's schemas.
 */
final class OwnSchemas {

  private static final String PACKAGE = PurchaseEvent.class.getPackageName() + ".";
  private static final Map<String, Schema> KNOWN = new ConcurrentHashMap<>();

  private OwnSchemas() {}

  /** This build's version of a writer's schema; empty if there is none. */
  static Optional<Schema> named(Schema written) {
    if (written.getType() != Schema.Type.RECORD || !written.getFullName().startsWith(PACKAGE)) {
      return Optional.empty();
    }
    String name = written.getFullName();
    Schema known = KNOWN.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    try {
      Class<?> type = Class.forName(name, false, OwnSchemas.class.getClassLoader());
      if (!SpecificRecord.class.isAssignableFrom(type)) {
        return Optional.empty();
      }
      Schema ours = SpecificData.get().getSchema(type);
      KNOWN.put(name, ours);
      return Optional.of(ours);
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }
}
