package dev.lifesign.core.wire;

import org.apache.avro.Schema;

/** A schema registry, which assigns ids to schemas. */
public interface SchemaRegistry {

  /**
   * Returns the id of a schema under a subject, and registers the schema if necessary.
   *
   * @throws RegistryException if the schema is refused, for example as incompatible
   * @throws RegistryUnavailableException if the registry does not answer
   */
  int register(String subject, Schema schema);

  /**
   * Returns the schema with an id.
   *
   * @throws RegistryException if the id is unknown (status 404), the schema cannot be used (422),
   *     or access is refused
   * @throws RegistryUnavailableException if the registry does not answer
   */
  Schema schema(int id);
}
