package dev.lifesign.domain.alert;

import dev.lifesign.domain.condition.Conditions;
import dev.lifesign.domain.condition.Conditions.Standing;
import dev.lifesign.domain.customer.AlertState.Place;
import dev.lifesign.domain.customer.CaseState;
import dev.lifesign.domain.customer.RungState;
import dev.lifesign.domain.customer.RungState.Phase;
import dev.lifesign.domain.policy.Case;
import dev.lifesign.domain.policy.Rung;
import dev.lifesign.domain.time.Instants;
import java.util.List;
import java.util.OptionalInt;

/** Reviews a case with a ladder in one judgement (semantics, Alerts, One judgement). */
final class LadderReview {

  private static final int NONE = -1;

  private final Occasion occasion;
  private final Case definition;
  private final List<Rung> ladder;
  private final RungState[] rungs;
  private final CaseAdoption.Changes adoption;
  private final boolean heldBefore;
  private final AlertDesk desk;

  /**
   * The review of a case.
   *
   * @param before what is kept of it, with one state for each rung of its ladder
   * @param adoption what a new policy changes; {@link CaseAdoption.Changes#NONE} if there is none
   * @param heldBefore whether any rung held at the last judgement, one that the policy has dropped
   *     since included
   */
  LadderReview(
      Occasion occasion,
      Case definition,
      CaseState before,
      CaseAdoption.Changes adoption,
      boolean heldBefore) {
    this.occasion = occasion;
    this.definition = definition;
    this.ladder = definition.rungs();
    this.rungs = before.rungs().toArray(new RungState[0]);
    this.adoption = adoption;
    this.heldBefore = heldBefore;
    this.desk = new AlertDesk(occasion, definition, before.alert(), this::holds);
  }

  /** The desk of the case's alert, for commands. */
  AlertDesk desk() {
    return desk;
  }

  /** What is kept of the case after the judgement. */
  CaseState after() {
    return new CaseState(definition.id(), List.of(rungs), List.of(), desk.alert());
  }

  /** Judges the conditions and all that follows. */
  void review() {
    for (int i = 0; i < rungs.length; i++) {
      judge(i);
    }
    follow(fire());
  }

  /** What follows a command: the conditions are as last judged, and no rung fires. */
  void followCommand() {
    follow(NONE);
  }

  /** Judges a rung's condition, which may begin or end it. */
  private void judge(int index) {
    RungState before = rungs[index];
    Standing standing =
        Conditions.judge(
            ladder.get(index).when(),
            occasion.scene(),
            Standing.of(before.holds(), before.armed()));
    if (standing.holds() && (!before.holds() || adoption.isChanged(index))) {
      Phase phase = beginsSilently(ladder.get(index)) ? Phase.FIRED : Phase.DWELLING;
      rungs[index] = before.begun(phase, occasion.at()).armed(standing.armed());
    } else if (!standing.holds() && before.holds()) {
      rungs[index] = before.ended().armed(standing.armed());
    } else if (standing.armed() != before.armed()) {
      rungs[index] = before.armed(standing.armed());
    }
  }

  private boolean beginsSilently(Rung rung) {
    // Semantics, Alerts, leave open whether onPublish also covers an unchanged rung; it does.
    return adoption.takesPlace() ? !rung.raiseOnPublish() : occasion.beginsSilently();
  }

  /** Lets the rungs fire whose dwell is over; the highest that did, or NONE. */
  private int fire() {
    int highest = NONE;
    for (int i = 0; i < rungs.length; i++) {
      RungState rung = rungs[i];
      if (rung.phase() == Phase.DWELLING
          && Instants.plus(rung.since(), ladder.get(i).dwell()) <= occasion.at()) {
        boolean passes =
            ladder.get(i).filter().isEmpty() || occasion.says(ladder.get(i).filter().get(), "");
        enter(i, passes ? Phase.FIRED : Phase.FILTERED);
        highest = passes ? i : highest;
      }
    }
    return highest;
  }

  private void follow(int firing) {
    if (desk.isOpen()) {
      if (firing != NONE && Place.level(firing) > place().level()) {
        boolean notifies = notifies(firing);
        desk.escalate(step(firing), notifies);
        told(notifies, Place.level(firing));
      } else {
        easeOrClear();
        if (desk.isOpen()) {
          told(desk.takeInstants(dueNow()), place().level());
        }
      }
    }
    if (!desk.isOpen()) {
      raise(firing);
    }
  }

  private void easeOrClear() {
    if (!holds(place())) {
      for (int i = rungs.length - 1; i >= 0; i--) {
        if (Place.level(i) < place().level() && hasFired(rungs[i])) {
          desk.ease(step(i));
          return;
        }
      }
    }
    if (heldBefore && !anyHolds()) {
      desk.clear();
    }
  }

  /** Whether the rung of a place holds. */
  private boolean holds(Place place) {
    int index = indexOf(place.rung());
    return index != NONE && rungs[index].holds();
  }

  private void raise(int firing) {
    int waiting = highestWaiting();
    if (desk.isCoolingDown()) {
      if (firing == NONE) {
        return;
      }
      if (Place.level(firing) <= place().level()) {
        enter(firing, Phase.WAITING);
        return;
      }
      raiseOn(firing);
    } else if (Math.max(firing, waiting) != NONE) {
      raiseOn(Math.max(firing, waiting));
    }
  }

  private void raiseOn(int index) {
    for (int i = 0; i < rungs.length; i++) {
      if (rungs[i].phase() == Phase.WAITING) {
        enter(i, Phase.FIRED);
      }
    }
    boolean notifies = notifies(index);
    desk.raise(step(index), Instants.NEVER, "", notifies);
    told(notifies, Place.level(index));
  }

  private int highestWaiting() {
    int highest = NONE;
    for (int i = 0; i < rungs.length; i++) {
      highest = rungs[i].phase() == Phase.WAITING ? i : highest;
    }
    return highest;
  }

  /** Whether people should be told about a rung: not if they were within the cooldown. */
  private boolean notifies(int index) {
    for (int i = index; i < rungs.length; i++) {
      long last = rungs[i].notifiedAt();
      if (last != Instants.NEVER && occasion.at() < Instants.plus(last, definition.cooldown())) {
        return false;
      }
    }
    return true;
  }

  /**
   * Remembers that people were told about a level; what they were told about lower ones before no
   * longer matters.
   */
  private void told(boolean notified, int level) {
    if (!notified) {
      return;
    }
    int last = NONE;
    for (int i = 0; i < rungs.length && Place.level(i) <= level; i++) {
      notifiedAt(i, Instants.NEVER);
      last = i;
    }
    if (last != NONE) {
      notifiedAt(last, occasion.at());
    }
  }

  private void notifiedAt(int index, long at) {
    RungState rung = rungs[index];
    if (rung.notifiedAt() != at) {
      rungs[index] = rung.notified(at);
    }
  }

  private void enter(int index, Phase phase) {
    rungs[index] = rungs[index].in(phase);
  }

  private boolean anyHolds() {
    for (RungState rung : rungs) {
      if (rung.holds()) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasFired(RungState rung) {
    return rung.phase() == Phase.FIRED || rung.phase() == Phase.WAITING;
  }

  private Place place() {
    return desk.alert().orElseThrow().place();
  }

  /** Within how many working days the alert is due if that is counted from now on. */
  OptionalInt dueNow() {
    int own = indexOf(place().rung());
    return own == NONE ? definition.due() : ladder.get(own).due();
  }

  private AlertDesk.Step step(int index) {
    Rung rung = ladder.get(index);
    return new AlertDesk.Step(rung.id(), Place.level(index), rung.severity(), rung.due());
  }

  private int indexOf(String rung) {
    for (int i = 0; i < ladder.size(); i++) {
      if (ladder.get(i).id().equals(rung)) {
        return i;
      }
    }
    return NONE;
  }
}
