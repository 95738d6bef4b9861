package dev.lifesign.domain.alert;

import dev.lifesign.domain.customer.AlertState;
import dev.lifesign.domain.customer.AlertState.Ending;
import dev.lifesign.domain.customer.AlertState.Moments;
import dev.lifesign.domain.customer.AlertState.Origin;
import dev.lifesign.domain.customer.AlertState.Outcome;
import dev.lifesign.domain.customer.AlertState.Owner;
import dev.lifesign.domain.customer.AlertState.Place;
import dev.lifesign.domain.customer.AlertState.State;
import dev.lifesign.domain.customer.AlertState.Version;
import dev.lifesign.domain.customer.CaseState;
import dev.lifesign.domain.policy.Case;
import dev.lifesign.domain.policy.SeverityRule;
import dev.lifesign.domain.time.Instants;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * Changes the alert of one case in one judgement, and publishes each change. It knows what a change
 * does; when there is one is decided elsewhere.
 */
final class AlertDesk {

  private final Occasion occasion;
  private final String caseId;
  private final Optional<Case> definition;
  private final Predicate<Place> holds;
  private AlertState alert;

  /**
   * The desk of a case.
   *
   * @param definition the case as the policy has it
   * @param last the case's last alert, if there was one
   * @param holds whether the cause of an alert at a place is there
   */
  AlertDesk(Occasion occasion, Case definition, Optional<AlertState> last, Predicate<Place> holds) {
    this(occasion, definition.id(), Optional.of(definition), last, holds);
  }

  /** The desk of a case that the policy no longer has. */
  static AlertDesk ofDropped(Occasion occasion, CaseState state) {
    return new AlertDesk(occasion, state.caseId(), Optional.empty(), state.alert(), place -> false);
  }

  private AlertDesk(
      Occasion occasion,
      String caseId,
      Optional<Case> definition,
      Optional<AlertState> last,
      Predicate<Place> holds) {
    this.occasion = occasion;
    this.caseId = caseId;
    this.definition = definition;
    this.holds = holds;
    this.alert = last.orElse(null);
  }

  /** The case's last alert, open or ended. */
  Optional<AlertState> alert() {
    return Optional.ofNullable(alert);
  }

  boolean isOpen() {
    return alert != null && alert.isOpen();
  }

  /** Whether the last alert was handled or expired so recently that no equal one may follow. */
  boolean isCoolingDown() {
    return alert != null
        && (alert.ending() == Ending.HANDLED || alert.ending() == Ending.EXPIRED)
        && endedWithinCooldown();
  }

  private boolean endedWithinCooldown() {
    return alert != null
        && !alert.isOpen()
        && occasion.at()
            < Instants.plus(alert.moments().endedAt(), definition.orElseThrow().cooldown());
  }

  /**
   * RAISED.
   *
   * @param triggeredAt when the raising event occurred; NEVER for a ladder
   * @param subject what that event was about; may be empty
   */
  void raise(Step step, long triggeredAt, String subject, boolean notifies) {
    Case one = definition.orElseThrow();
    alert =
        new AlertState(
            alert == null ? 1 : alert.number() + 1,
            new Version(0, 0),
            State.OPEN,
            Ending.NONE,
            Outcome.NONE,
            place(step),
            new Owner(one.owner(), false),
            new Origin(
                occasion.at(),
                triggeredAt,
                subject,
                Holdout.includes(occasion.customerId(), caseId, one.holdout()),
                endedWithinCooldown()),
            afresh(step.due()),
            1);
    publish(AlertChange.RAISED, true, notifies, AlertFact.Order.NONE);
  }

  /** ESCALATED to a higher rung. */
  void escalate(Step step, boolean notifies) {
    Owner owner =
        alert.owner().held() ? alert.owner() : new Owner(definition.orElseThrow().owner(), false);
    alert = with(State.OPEN, Ending.NONE, alert.outcome(), place(step), owner, afresh(step.due()));
    publish(AlertChange.ESCALATED, true, notifies, AlertFact.Order.NONE);
  }

  /** EASED to a lower rung. */
  void ease(Step step) {
    alert =
        with(
            alert.state(),
            alert.ending(),
            alert.outcome(),
            place(step),
            alert.owner(),
            alert.moments());
    publish(AlertChange.EASED, true, false, AlertFact.Order.NONE);
  }

  /** REPEATED by another trigger. */
  void repeat() {
    alert =
        new AlertState(
            alert.number(),
            alert.version(),
            alert.state(),
            alert.ending(),
            alert.outcome(),
            alert.place(),
            alert.owner(),
            alert.origin(),
            alert.moments(),
            alert.count() + 1);
    publish(AlertChange.REPEATED, false, false, AlertFact.Order.NONE);
  }

  /** CLEARED, by what the judgement was caused by. */
  void clear() {
    end(
        switch (occasion.cause().kind()) {
          case EVENT ->
              occasion.cause().late() && occasion.cause().occurredAt() < alert.origin().raisedAt()
                  ? Ending.CLEARED_BY_CORRECTION
                  : Ending.CLEARED_BY_EVENT;
          case POLICY -> Ending.CLEARED_BY_POLICY;
          case TIME, COMMAND -> Ending.CLEARED_BY_TIME;
        },
        AlertChange.CLEARED);
  }

  /** CLEARED by the event that the case names. */
  void clearByEvent() {
    end(Ending.CLEARED_BY_EVENT, AlertChange.CLEARED);
  }

  /** CLEARED, since the policy no longer has the case. */
  void clearByPolicy() {
    end(Ending.CLEARED_BY_POLICY, AlertChange.CLEARED);
  }

  /** ERASED with its customer. */
  void erase(AlertFact.Order order) {
    alert = ended(Ending.ERASED, alert.outcome());
    publish(AlertChange.ERASED, true, false, order);
  }

  /** HANDLED by a person. */
  void handle(AlertFact.Order order) {
    alert = ended(Ending.HANDLED, order.outcome());
    publish(AlertChange.HANDLED, true, false, order);
  }

  /** ACKNOWLEDGED by a person. */
  void acknowledge(AlertFact.Order order) {
    Moments moments = alert.moments();
    alert =
        with(
            State.ACKNOWLEDGED,
            Ending.NONE,
            alert.outcome(),
            alert.place(),
            alert.owner(),
            until(moments, Instants.NEVER));
    publish(AlertChange.ACKNOWLEDGED, true, false, order);
  }

  /** ASSIGNED to an owner by a person. */
  void assign(String owner, AlertFact.Order order) {
    alert =
        with(
            alert.state(),
            Ending.NONE,
            alert.outcome(),
            alert.place(),
            new Owner(owner, true),
            alert.moments());
    publish(AlertChange.ASSIGNED, true, false, order);
  }

  /** SNOOZED by a person. */
  void snooze(long until, AlertFact.Order order) {
    alert =
        with(
            State.SNOOZED,
            Ending.NONE,
            alert.outcome(),
            alert.place(),
            alert.owner(),
            until(alert.moments(), until));
    publish(AlertChange.SNOOZED, true, false, order);
  }

  /** REOPENED by a person. */
  void reopen(OptionalInt due, AlertFact.Order order) {
    alert = with(State.OPEN, Ending.NONE, Outcome.NONE, alert.place(), alert.owner(), afresh(due));
    publish(AlertChange.REOPENED, true, false, order);
  }

  /** NOTED by a person; an outcome is that of an alert that had ended before. */
  void note(AlertFact.Order order) {
    Outcome outcome = order.outcome() == Outcome.NONE ? alert.outcome() : order.outcome();
    alert =
        with(alert.state(), alert.ending(), outcome, alert.place(), alert.owner(), alert.moments());
    publish(AlertChange.NOTED, false, false, order);
  }

  /**
   * What the alert's own instants bring: EXPIRED, WOKEN, OVERDUE, in this order.
   *
   * @param due within how many working days someone should act from now on, if it wakes
   * @return whether people should be told
   */
  boolean takeInstants(OptionalInt due) {
    boolean told = false;
    Moments moments = alert.moments();
    if (alert.state() == State.OPEN && moments.expiresAt() <= occasion.at()) {
      end(Ending.EXPIRED, AlertChange.EXPIRED);
      return false;
    }
    if (alert.state() == State.SNOOZED && moments.snoozedUntil() <= occasion.at()) {
      alert =
          with(State.OPEN, Ending.NONE, alert.outcome(), alert.place(), alert.owner(), afresh(due));
      publish(AlertChange.WOKEN, true, true, AlertFact.Order.NONE);
      told = true;
    }
    if (isOverdue(alert, occasion.at())) {
      overdue();
      told = true;
    }
    return told;
  }

  private static boolean isOverdue(AlertState alert, long at) {
    Moments moments = alert.moments();
    return alert.state() == State.OPEN
        && moments.dueAt() != Instants.NEVER
        && !moments.overdue()
        && moments.dueAt() <= at;
  }

  private void overdue() {
    Moments moments = alert.moments();
    String escalateTo = definition.map(Case::escalateTo).orElse("");
    Owner owner = escalateTo.isEmpty() ? alert.owner() : new Owner(escalateTo, true);
    boolean changed = !owner.name().equals(alert.owner().name());
    alert =
        with(
            State.OPEN,
            Ending.NONE,
            alert.outcome(),
            alert.place(),
            owner,
            new Moments(
                moments.dueAt(),
                true,
                moments.expiresAt(),
                moments.snoozedUntil(),
                moments.endedAt()));
    publish(AlertChange.OVERDUE, changed, true, AlertFact.Order.NONE);
  }

  /** Whether one of the alert's own instants has come. */
  static boolean isDue(AlertState alert, long at) {
    Moments moments = alert.moments();
    return (alert.state() == State.OPEN && moments.expiresAt() <= at)
        || (alert.state() == State.SNOOZED && moments.snoozedUntil() <= at)
        || isOverdue(alert, at);
  }

  /**
   * The next instant after {@code at} at which the alert changes by itself; FOREVER if there is
   * none.
   */
  static long nextInstant(AlertState alert, long at) {
    Moments moments = alert.moments();
    return switch (alert.state()) {
      case OPEN -> {
        long due =
            moments.dueAt() == Instants.NEVER || moments.overdue() || moments.dueAt() <= at
                ? Instants.FOREVER
                : moments.dueAt();
        yield Math.min(due, moments.expiresAt() > at ? moments.expiresAt() : Instants.FOREVER);
      }
      case SNOOZED -> moments.snoozedUntil() > at ? moments.snoozedUntil() : Instants.FOREVER;
      case ACKNOWLEDGED, RESOLVED -> Instants.FOREVER;
    };
  }

  /** Where a firing rung, or a trigger, puts an alert. */
  record Step(String rung, int level, SeverityRule severity, OptionalInt due) {}

  private Place place(Step step) {
    return new Place(step.rung(), step.level(), step.severity().of(occasion.valueAtStake()));
  }

  /** Due and expiry counted from now. */
  private Moments afresh(OptionalInt due) {
    long at = occasion.at();
    return new Moments(
        due.isPresent()
            ? WorkingDays.after(at, due.getAsInt(), occasion.policy().calendar())
            : Instants.NEVER,
        false,
        Instants.plus(at, definition.orElseThrow().timeToLive()),
        Instants.NEVER,
        Instants.NEVER);
  }

  private static Moments until(Moments moments, long snoozedUntil) {
    return new Moments(
        moments.dueAt(), moments.overdue(), moments.expiresAt(), snoozedUntil, moments.endedAt());
  }

  private void end(Ending ending, AlertChange change) {
    alert = ended(ending, alert.outcome());
    publish(change, true, false, AlertFact.Order.NONE);
  }

  /** Whether it was the event of the judgement that changed the alert. */
  private static boolean isAboutEvent(AlertChange change) {
    return change == AlertChange.RAISED
        || change == AlertChange.REPEATED
        || change == AlertChange.CLEARED;
  }

  private AlertState ended(Ending ending, Outcome outcome) {
    Moments moments = alert.moments();
    return with(
        State.RESOLVED,
        ending,
        outcome,
        alert.place(),
        alert.owner(),
        new Moments(
            moments.dueAt(),
            moments.overdue(),
            moments.expiresAt(),
            Instants.NEVER,
            occasion.at()));
  }

  private AlertState with(
      State state, Ending ending, Outcome outcome, Place place, Owner owner, Moments moments) {
    return new AlertState(
        alert.number(),
        alert.version(),
        state,
        ending,
        outcome,
        place,
        owner,
        alert.origin(),
        moments,
        alert.count());
  }

  /**
   * Publishes the change that was made.
   *
   * @param changed whether state, rung, owner or snooze has changed
   */
  private void publish(
      AlertChange change, boolean changed, boolean notifies, AlertFact.Order order) {
    int version = alert.version().current() + 1;
    alert =
        new AlertState(
            alert.number(),
            new Version(version, changed ? version : alert.version().changed()),
            alert.state(),
            alert.ending(),
            alert.outcome(),
            alert.place(),
            alert.owner(),
            alert.origin(),
            alert.moments(),
            alert.count());
    occasion.publish(
        new AlertFact(
            occasion.customerId(),
            caseId,
            alert,
            change,
            notifies,
            order,
            new AlertFact.Background(
                occasion.policy(), occasion.scene().now(), occasion.valueAtStake()),
            Findings.of(
                occasion.scene(),
                definition,
                alert,
                change,
                holds.test(alert.place()),
                isAboutEvent(change) ? occasion.event() : Optional.empty(),
                occasion.next(),
                occasion.valueAtStake()),
            new AlertFact.Detection(
                occasion.cause().late(), occasion.at(), occasion.cause().detectedAt())));
  }
}
