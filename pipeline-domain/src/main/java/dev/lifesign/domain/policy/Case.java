package dev.lifesign.domain.policy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an alert is about (semantics, Alerts). A customer has at most one open alert per case.
 *
 * @param id unique within the policy
 * @param cooldown how long after an alert that was handled or that expired no equal one is raised,
 *     and how long after people were told they are not told again, milliseconds, 0 or more
 * @param timeToLive how long an alert stays open before it expires, milliseconds, more than 0
 * @param owner who should act; {@code customer} for the owner of the customer's identity
 * @param escalateTo who should act once an alert is overdue; empty to leave the owner as it is
 * @param due within how many working days someone should act, 1 or more; empty for no limit
 * @param action what to do
 * @param holdout the share of customers whose alerts are muted, 0 to 1
 * @param source what raises an alert
 */
public record Case(
    String id,
    long cooldown,
    long timeToLive,
    String owner,
    String escalateTo,
    OptionalInt due,
    CaseAction action,
    double holdout,
    Source source) {

  /** What raises an alert. */
  public sealed interface Source permits Ladder, EventTrigger {}

  /**
   * Conditions that hold over time.
   *
   * @param rungs the worst last; at least one
   */
  public record Ladder(List<Rung> rungs) implements Source {

    /** Keeps its own copy. */
    public Ladder {
      rungs = List.copyOf(rungs);
    }
  }

  /** The rungs; none if events raise the alert. */
  public List<Rung> rungs() {
    return source instanceof Ladder ladder ? ladder.rungs() : List.of();
  }

  /** The event trigger; empty if the case has a ladder. */
  public Optional<EventTrigger> trigger() {
    return source instanceof EventTrigger trigger ? Optional.of(trigger) : Optional.empty();
  }
}
