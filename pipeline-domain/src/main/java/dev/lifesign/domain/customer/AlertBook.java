package dev.lifesign.domain.customer;

import java.util.List;
import java.util.Map;

/**
 * A customer's open alerts, and when each rule last raised one.
 *
 * @param open oldest first
 * @param lastRaised when each rule with a cooldown last raised an alert, by rule id
 */
public record AlertBook(List<OpenAlert> open, Map<String, Long> lastRaised) {

  /** No alerts. */
  public static final AlertBook EMPTY = new AlertBook(List.of(), Map.of());

  /** Keeps its own copies. */
  public AlertBook {
    open = List.copyOf(open);
    lastRaised = Map.copyOf(lastRaised);
  }
}
