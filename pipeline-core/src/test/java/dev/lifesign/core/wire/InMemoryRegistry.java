package dev.lifesign.core.wire;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** A registry for tests that need no network. */
public final class InMemoryRegistry implements SchemaRegistry {
  private final List<Schema> schemas = new ArrayList<>();

  @Override
  public synchronized int register(String subject, Schema schema) {
    int place = schemas.indexOf(schema);
    if (place < 0) {
      schemas.add(schema);
      place = schemas.size() - 1;
    }
    return place + 1;
  }

  @Override
  public synchronized Schema schema(int id) {
    if (id < 1 || id > schemas.size()) {
      throw new RegistryException(
          "Expected schema " + id + " to be registered, but it is not", 404);
    }
    return schemas.get(id - 1);
  }
}
