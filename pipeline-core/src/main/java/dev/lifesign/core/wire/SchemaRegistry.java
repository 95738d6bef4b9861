package dev.lifesign.core.wire;

import org.apache.avro.Schema;

/** Where schemas get their ids. */
public interface SchemaRegistry {

  /**
   * The id of a schema under a subject; it is registered where it is not yet.
   *
   * @throws RegistryException if it is refused, as incompatible for example
   * @throws RegistryUnavailableException if the registry does not answer
   */
  int register(String subject, Schema schema);

  /**
   * The schema of an id.
   *
   * @throws RegistryException if there is none of that id (status 404), or access is refused
   * @throws RegistryUnavailableException if the registry does not answer
   */
  Schema schema(int id);
}
