package dev.lifesign.bench.harness;

import java.util.Map;
import java.util.Optional;

/**
 * What came of one run of an entrant.
 *
 * @param figures its rate, and what else it measured
 * @param differences customers of whom it told something else than the truth; empty where it is not
 *     to tell anything
 */
public record Attempt(Map<String, Double> figures, Optional<Long> differences) {

  /** Events a second, after the warm-up. */
  public double rate() {
    return figures.get("rate");
  }
}
