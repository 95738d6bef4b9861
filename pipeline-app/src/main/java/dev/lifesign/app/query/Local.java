package dev.lifesign.app.query;

import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What this instance's own stores say.
 *
 * @param <T> what was asked for
 */
sealed interface Local<T> {

  /** They know: the value, or that there is none. */
  record Known<T>(Optional<T> value, Provenance provenance) implements Local<T> {
    @Override
    public <R> Local<R> map(BiFunction<T, Provenance, R> mapping) {
      return new Known<>(value.map(known -> mapping.apply(known, provenance)), provenance);
    }
  }

  /** They cannot say, and why. */
  record Unknown<T>(String why) implements Local<T> {
    @Override
    public <R> Local<R> map(BiFunction<T, Provenance, R> mapping) {
      return new Unknown<>(why);
    }
  }

  /** The same with the value, where there is one, made into another. */
  <R> Local<R> map(BiFunction<T, Provenance, R> mapping);
}
