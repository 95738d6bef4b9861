package dev.lifesign.app.query;

import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The answer from this instance's own stores.
 *
 * @param <T> the type of the value
 */
sealed interface Local<T> {

  /** The stores have the value, or certainly have none. */
  record Known<T>(Optional<T> value, Provenance provenance) implements Local<T> {
    @Override
    public <R> Local<R> map(BiFunction<T, Provenance, R> mapping) {
      return new Known<>(value.map(known -> mapping.apply(known, provenance)), provenance);
    }
  }

  /**
   * The stores cannot answer.
   *
   * @param why the reason
   */
  record Unknown<T>(String why) implements Local<T> {
    @Override
    public <R> Local<R> map(BiFunction<T, Provenance, R> mapping) {
      return new Unknown<>(why);
    }
  }

  /** Converts the value, if there is one. */
  <R> Local<R> map(BiFunction<T, Provenance, R> mapping);
}
