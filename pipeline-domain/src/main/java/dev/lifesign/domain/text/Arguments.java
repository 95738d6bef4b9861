package dev.lifesign.domain.text;

import java.util.Optional;

/** The arguments of messages, by name. */
@FunctionalInterface
interface Arguments {

  /** No arguments. */
  Arguments NONE = name -> Optional.empty();

  /** A text, or a number for a plural; empty if it is not known. */
  Optional<Object> of(String name);
}
