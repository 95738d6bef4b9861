package dev.lifesign.app.query;

import java.util.Optional;

/**
 * What this instance's own stores say.
 *
 * @param <T> what was asked for
 */
sealed interface Local<T> {

  /** They know: the value, or that there is none. */
  record Known<T>(Optional<T> value, Provenance provenance) implements Local<T> {}

  /** They cannot say, and why. */
  record Unknown<T>(String why) implements Local<T> {}
}
