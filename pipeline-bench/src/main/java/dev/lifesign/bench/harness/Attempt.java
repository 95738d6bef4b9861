package dev.lifesign.bench.harness;

import java.util.Map;
import java.util.Optional;

/**
 * The result of one run of an entrant.
 *
 * @param figures its rate and other measurements
 * @param differences the number of customers for whom its status changes were wrong; empty if they
 *     were not compared
 */
public record Attempt(Map<String, Double> figures, Optional<Long> differences) {

  /** Events per second after the warm-up. */
  public double rate() {
    return figures.get("rate");
  }
}
