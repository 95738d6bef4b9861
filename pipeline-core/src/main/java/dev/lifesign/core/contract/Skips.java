package dev.lifesign.core.contract;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The input records that an operator has chosen to skip because processing them always fails. They
 * become dead letters. Thread-safe.
 */
public final class Skips {

  private volatile Map<Place, Skip> skips = Map.of();

  /** The place of a record. */
  public record Place(String topic, int partition, long offset) {
    @Override
    public String toString() {
      return topic + "-" + partition + "@" + offset;
    }
  }

  /**
   * An operator's decision to skip a record.
   *
   * @param by who decided
   * @param at when
   * @param reason why, in the operator's words
   */
  public record Skip(String by, Instant at, String reason) {}

  /** No skips; {@link #replace} sets them. */
  public Skips() {}

  /** Replaces all skips. */
  public void replace(Map<Place, Skip> newSkips) {
    skips = Map.copyOf(newSkips);
  }

  /** The skip of a record; empty if the record is to be processed. */
  public Optional<Skip> of(String topic, int partition, long offset) {
    Map<Place, Skip> known = skips;
    return known.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(known.get(new Place(topic, partition, offset)));
  }
}
