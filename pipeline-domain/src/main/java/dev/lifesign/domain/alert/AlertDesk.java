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
    alert = alert.in(State.OPEN).on(place(step)).owned(owner).timed(afresh(step.due()));
    publish(AlertChange.ESCALATED, true, notifies, AlertFact.Order.NONE);
  }

  /** EASED to a lower rung. */
  void ease(Step step) {
    alert = alert.on(place(step));
    publish(AlertChange.EASED, true, false, AlertFact.Order.NONE);
  }

  /** REPEATED by another trigger. */
  void repeat() {
    alert = alert.counted();
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
    alert = alert.ended(Ending.ERASED, occasion.at());
    publish(AlertChange.ERASED, true, false, order);
  }

  /** HANDLED by a person. */
  void handle(AlertFact.Order order) {
    alert = alert.ended(Ending.HANDLED, occasion.at()).noted(order.outcome());
    publish(AlertChange.HANDLED, true, false, order);
  }

  /** ACKNOWLEDGED by a person. */
  void acknowledge(AlertFact.Order order) {
    alert = alert.in(State.ACKNOWLEDGED).timed(alert.moments().snoozed(Instants.NEVER));
    publish(AlertChange.ACKNOWLEDGED, true, false, order);
  }

  /** ASSIGNED to an owner by a person. */
  void assign(String owner, AlertFact.Order order) {
    alert = alert.owned(new Owner(owner, true));
    publish(AlertChange.ASSIGNED, true, false, order);
  }

  /** SNOOZED by a person. */
  void snooze(long until, AlertFact.Order order) {
    alert = alert.in(State.SNOOZED).timed(alert.moments().snoozed(until));
    publish(AlertChange.SNOOZED, true, false, order);
  }

  /** REOPENED by a person. */
  void reopen(OptionalInt due, AlertFact.Order order) {
    alert = alert.in(State.OPEN).noted(Outcome.NONE).timed(afresh(due));
    publish(AlertChange.REOPENED, true, false, order);
  }

  /** NOTED by a person; an outcome is that of an alert that had ended before. */
  void note(AlertFact.Order order) {
    if (order.outcome() != Outcome.NONE) {
      alert = alert.noted(order.outcome());
    }
    publish(AlertChange.NOTED, false, false, order);
  }

  /**
   * What the alert's own instants bring: EXPIRED, WOKEN, OVERDUE, in this order.
   *
   * @param due within how many working days someone should act from now on, if it wakes
   * @return whether people should be told
   */
  boolean takeInstants(OptionalInt due) {
    if (AlertInstants.isExpired(alert, occasion.at())) {
      end(Ending.EXPIRED, AlertChange.EXPIRED);
      return false;
    }
    boolean told = false;
    if (AlertInstants.isAwake(alert, occasion.at())) {
      alert = alert.in(State.OPEN).timed(afresh(due));
      publish(AlertChange.WOKEN, true, true, AlertFact.Order.NONE);
      told = true;
    }
    if (AlertInstants.isOverdue(alert, occasion.at())) {
      overdue();
      told = true;
    }
    return told;
  }

  private void overdue() {
    String escalateTo = definition.map(Case::escalateTo).orElse("");
    Owner owner = escalateTo.isEmpty() ? alert.owner() : new Owner(escalateTo, true);
    boolean changed = !owner.name().equals(alert.owner().name());
    alert = alert.owned(owner).timed(alert.moments().overdueNow());
    publish(AlertChange.OVERDUE, changed, true, AlertFact.Order.NONE);
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

  private void end(Ending ending, AlertChange change) {
    alert = alert.ended(ending, occasion.at());
    publish(change, true, false, AlertFact.Order.NONE);
  }

  /** Whether it was the event of the judgement that changed the alert. */
  private static boolean isAboutEvent(AlertChange change) {
    return change == AlertChange.RAISED
        || change == AlertChange.REPEATED
        || change == AlertChange.CLEARED;
  }

  /**
   * Publishes the change that was made.
   *
   * @param changed whether state, rung, owner or snooze has changed
   */
  private void publish(
      AlertChange change, boolean changed, boolean notifies, AlertFact.Order order) {
    alert = alert.versioned(changed);
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
