package dev.lifesign.core.contract;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The input records that an operator has named to be left out, since their processing fails however
 * often it is tried. They become dead letters. Thread-safe.
 */
public final class Skips {

  private volatile Map<Place, Skip> skips = Map.of();

  /** Where a record stands. */
  public record Place(String topic, int partition, long offset) {
    @Override
    public String toString() {
      return topic + "-" + partition + "@" + offset;
    }
  }

  /**
   * What an operator said.
   *
   * @param by who
   * @param at when
   * @param reason why, in the operator's words
   */
  public record Skip(String by, Instant at, String reason) {}

  /** None, until others are known. */
  public Skips() {}

  /** From now on it is these. */
  public void replace(Map<Place, Skip> newSkips) {
    skips = Map.copyOf(newSkips);
  }

  /** What was said of a record; empty if it is to be processed. */
  public Optional<Skip> of(String topic, int partition, long offset) {
    Map<Place, Skip> known = skips;
    return known.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(known.get(new Place(topic, partition, offset)));
  }
}
