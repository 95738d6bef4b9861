package dev.lifesign.domain.policy;

import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Family;
import java.util.Map;

/** What each action adds to the activity score; an unlisted action adds nothing. */
public final class Weights {

  private final Map<String, Double> byName;
  private final double[][] byAction = new double[Family.values().length][];

  /**
   * Weights by {@code family.ACTION}.
   *
   * @param byName 0 or more each
   */
  public Weights(Map<String, Double> byName) {
    this.byName = Map.copyOf(byName);
    for (Family family : Family.values()) {
      Enum<?>[] actions = family.actions();
      byAction[family.ordinal()] = new double[actions.length];
      for (Enum<?> action : actions) {
        byAction[family.ordinal()][action.ordinal()] =
            byName.getOrDefault(family.label() + "." + action.name(), 0.0);
      }
    }
  }

  /** The weight of the event's action, 0 or more. */
  public double of(Event event) {
    return byAction[event.family().ordinal()][event.action().ordinal()];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Weights weights && weights.byName.equals(byName);
  }

  @Override
  public int hashCode() {
    return byName.hashCode();
  }

  @Override
  public String toString() {
    return byName.toString();
  }
}
