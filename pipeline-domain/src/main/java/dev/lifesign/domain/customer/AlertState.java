package dev.lifesign.domain.customer;

import dev.lifesign.domain.policy.Severity;
import dev.lifesign.domain.time.Instants;

/**
 * An alert of a customer, open or ended. A missing instant is NEVER.
 *
 * @param number 1, 2, 3 … for the case and the customer
 * @param version the version of the alert, and of what people decide by
 * @param state its state
 * @param ending how it ended; {@link Ending#NONE} while it is open
 * @param outcome what came of it; {@link Outcome#NONE} unless someone said so
 * @param place the rung that it is on, and how much it matters
 * @param owner who should act
 * @param origin how it was raised
 * @param moments what happens to it when
 * @param count how many times events triggered it; 1 for a ladder
 */
public record AlertState(
    int number,
    Version version,
    State state,
    Ending ending,
    Outcome outcome,
    Place place,
    Owner owner,
    Origin origin,
    Moments moments,
    int count) {

  /**
   * A version.
   *
   * @param current 1, 2, 3 … for the alert
   * @param changed the version at which state, rung, owner or snooze last changed
   */
  public record Version(int current, int changed) {}

  /**
   * Where an alert is.
   *
   * @param rung the id of its rung; empty for an event case
   * @param level twice the rung's place in the ladder, counted from 1, so that the odd number
   *     between two rungs is the place of one that the policy has dropped; 0 for an event case
   * @param severity how much it matters
   */
  public record Place(String rung, int level, Severity severity) {

    /** The level of a rung, given its index in the ladder. */
    public static int level(int index) {
      return 2 * (index + 1);
    }
  }

  /**
   * Who should act.
   *
   * @param name who
   * @param held whether a person, or an overdue alert, set the owner
   */
  public record Owner(String name, boolean held) {}

  /**
   * How an alert was raised.
   *
   * @param raisedAt when
   * @param triggeredAt when the raising event occurred; NEVER for a ladder
   * @param subject what that event was about: its ticket, subscription or order; may be empty
   * @param muted whether the customer is held out of the case
   * @param continues whether the case's alert before it ended within the cooldown
   */
  public record Origin(
      long raisedAt, long triggeredAt, String subject, boolean muted, boolean continues) {}

  /**
   * What happens to an alert when.
   *
   * @param dueAt by when someone should act
   * @param overdue whether that has passed and been told
   * @param expiresAt when it ends by itself
   * @param snoozedUntil until when it is snoozed; NEVER unless SNOOZED
   * @param endedAt when it ended; NEVER while it is open
   */
  public record Moments(
      long dueAt, boolean overdue, long expiresAt, long snoozedUntil, long endedAt) {

    /** The same, overdue. */
    public Moments overdueNow() {
      return new Moments(dueAt, true, expiresAt, snoozedUntil, endedAt);
    }

    /**
     * The same, snoozed until an instant.
     *
     * @param until NEVER for not snoozed
     */
    public Moments snoozed(long until) {
      return new Moments(dueAt, overdue, expiresAt, until, endedAt);
    }

    /** The same, ended at an instant. */
    public Moments ended(long at) {
      return new Moments(dueAt, overdue, expiresAt, Instants.NEVER, at);
    }
  }

  /** The state of an alert. */
  public enum State {
    OPEN,
    ACKNOWLEDGED,
    SNOOZED,
    RESOLVED
  }

  /** How an alert ended. */
  public enum Ending {
    NONE,
    CLEARED_BY_EVENT,
    CLEARED_BY_TIME,
    CLEARED_BY_CORRECTION,
    CLEARED_BY_POLICY,
    EXPIRED,
    HANDLED,
    MERGED,
    ERASED
  }

  /** What came of an alert. */
  public enum Outcome {
    NONE,
    SAVED,
    LOST,
    FALSE_ALARM,
    OTHER
  }

  /** Whether it has not ended. */
  public boolean isOpen() {
    return state != State.RESOLVED;
  }

  /** When it ended; NEVER if it is open. */
  public long endedAt() {
    return isOpen() ? Instants.NEVER : moments.endedAt();
  }

  /** The same in another of the states that are open. */
  public AlertState in(State open) {
    return new AlertState(
        number, version, open, Ending.NONE, outcome, place, owner, origin, moments, count);
  }

  /** The same at another place. */
  public AlertState on(Place other) {
    return new AlertState(
        number, version, state, ending, outcome, other, owner, origin, moments, count);
  }

  /** The same with another owner. */
  public AlertState owned(Owner other) {
    return new AlertState(
        number, version, state, ending, outcome, place, other, origin, moments, count);
  }

  /** The same with other moments. */
  public AlertState timed(Moments other) {
    return new AlertState(
        number, version, state, ending, outcome, place, owner, origin, other, count);
  }

  /** The same with another outcome. */
  public AlertState noted(Outcome other) {
    return new AlertState(
        number, version, state, ending, other, place, owner, origin, moments, count);
  }

  /** The same, triggered once more. */
  public AlertState counted() {
    return new AlertState(
        number, version, state, ending, outcome, place, owner, origin, moments, count + 1);
  }

  /** The same, ended at an instant. */
  public AlertState ended(Ending how, long at) {
    return new AlertState(
        number,
        version,
        State.RESOLVED,
        how,
        outcome,
        place,
        owner,
        origin,
        moments.ended(at),
        count);
  }

  /**
   * The same in its next version.
   *
   * @param changed whether state, rung, owner or snooze differ from before
   */
  public AlertState versioned(boolean changed) {
    int next = version.current() + 1;
    return new AlertState(
        number,
        new Version(next, changed ? next : version.changed()),
        state,
        ending,
        outcome,
        place,
        owner,
        origin,
        moments,
        count);
  }
}
