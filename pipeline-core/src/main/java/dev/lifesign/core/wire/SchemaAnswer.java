package dev.lifesign.core.wire;

import java.util.Optional;

/**
 * A registry's answer about a schema id.
 *
 * @param refusal why records with the schema cannot be read; empty if they can
 */
public record SchemaAnswer(Optional<String> refusal) {

  /** Records with the schema can be read. */
  public static final SchemaAnswer READABLE = new SchemaAnswer(Optional.empty());
}
