package dev.lifesign.core.customer;

import java.util.List;
import java.util.Map;

/**
 * The alerts of a customer that have not ended, and when rules last raised one.
 *
 * @param open oldest first
 * @param lastRaised by rule, for rules with a cooldown
 */
public record AlertBook(List<OpenAlert> open, Map<String, Long> lastRaised) {

  /** None. */
  public static final AlertBook EMPTY = new AlertBook(List.of(), Map.of());

  /** Keeps its own copies. */
  public AlertBook {
    open = List.copyOf(open);
    lastRaised = Map.copyOf(lastRaised);
  }
}
