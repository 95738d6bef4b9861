package dev.lifesign.domain.alert;

/**
 * A value behind an alert, with its name.
 *
 * @param name what it is, such as {@code silentSince}
 * @param value the value
 */
public record Finding(String name, Value value) {

  /** A value that people may read in their own language. */
  public sealed interface Value {}

  /** An instant, milliseconds since 1970. */
  public record Moment(long at) implements Value {}

  /** A duration, milliseconds. */
  public record Span(long millis) implements Value {}

  /** A whole number. */
  public record Count(long count) implements Value {}

  /** Money, minor units of the base currency. */
  public record Amount(long minor) implements Value {}

  /** A number with decimals, such as an activity score. */
  public record Measure(double number) implements Value {}

  /** A probability, 0 to 1. */
  public record Share(double share) implements Value {}

  /** A name: a status, a segment, an action or an id. */
  public record Word(String word) implements Value {}
}
