package dev.lifesign.lab.mapping;

import java.util.List;

/**
 * A further event that a row gives, such as the end of a subscription.
 *
 * @param action the action
 * @param time when it occurred; a row without this time has no such event
 * @param statuses only rows with one of these statuses have it; empty for all rows
 */
public record ExtraEvent(Enum<?> action, Source time, List<String> statuses) {

  /** Folds the statuses. */
  public ExtraEvent {
    statuses = statuses.stream().map(Statuses::folded).toList();
  }

  /** Whether a row with this status may have the event. */
  public boolean mayFollow(String status) {
    return statuses.isEmpty() || statuses.contains(Statuses.folded(status));
  }
}
