package dev.lifesign.core.wire;

import java.util.Optional;

/**
 * What a registry said of a schema id.
 *
 * @param refusal why records of it cannot be read; empty if they can
 */
public record SchemaAnswer(Optional<String> refusal) {

  /** Records of it can be read. */
  public static final SchemaAnswer READABLE = new SchemaAnswer(Optional.empty());
}
