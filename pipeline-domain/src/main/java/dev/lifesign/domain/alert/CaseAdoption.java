package dev.lifesign.domain.alert;

import dev.lifesign.domain.customer.AlertState;
import dev.lifesign.domain.customer.AlertState.Place;
import dev.lifesign.domain.customer.CaseState;
import dev.lifesign.domain.customer.RungState;
import dev.lifesign.domain.policy.Case;
import dev.lifesign.domain.policy.Condition;
import dev.lifesign.domain.policy.EventTrigger;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.Rung;
import java.util.List;
import java.util.Optional;

/** Carries what is kept of a case over to a new policy (semantics, Alerts, One judgement). */
final class CaseAdoption {

  private static final int NONE = -1;

  private CaseAdoption() {}

  /**
   * What a new policy changes of a ladder.
   *
   * @param takesPlace whether a policy is taken up at all
   * @param rungs for each rung, whether its condition or dwell is not as it was
   */
  record Changes(boolean takesPlace, List<Boolean> rungs) {

    /** No policy is taken up. */
    static final Changes NONE = new Changes(false, List.of());

    /** What a case changes of the ladder that it had. */
    static Changes of(List<Rung> old, Case definition) {
      return new Changes(
          true, definition.rungs().stream().map(rung -> !isAsBefore(rung, old)).toList());
    }

    private static boolean isAsBefore(Rung rung, List<Rung> old) {
      int before = indexOf(rung.id(), old);
      return before != CaseAdoption.NONE
          && old.get(before).when().equals(rung.when())
          && old.get(before).dwell() == rung.dwell();
    }

    /** Whether the condition or the dwell of a rung has changed. */
    boolean isChanged(int index) {
      return takesPlace && rungs.get(index);
    }
  }

  /** Whether a new policy drops a case: it no longer has it, or has another kind in its place. */
  static boolean isDropped(String caseId, Policy former, Optional<Case> definition) {
    if (definition.isEmpty()) {
      return true;
    }
    Optional<Case> before = former.caseOf(caseId);
    return before.isPresent()
        && before.get().trigger().isPresent() != definition.get().trigger().isPresent();
  }

  /**
   * What is kept of a dropped case: its last alert, so that numbers go on if it comes back. An open
   * one ends, cleared by the policy.
   */
  static Optional<CaseState> closed(CaseState state, Occasion occasion) {
    if (state.alert().isEmpty()) {
      return Optional.empty();
    }
    AlertDesk desk = AlertDesk.ofDropped(occasion, state);
    if (desk.isOpen()) {
      desk.clearByPolicy();
    }
    return Optional.of(new CaseState(state.caseId(), List.of(), List.of(), desk.alert()));
  }

  /** What is kept of a case, for its ladder or trigger in a new policy. */
  static CaseState carriedOver(CaseState state, Policy former, Case definition) {
    Optional<Case> before = former.caseOf(state.caseId());
    if (definition.trigger().isPresent()) {
      return new CaseState(
          state.caseId(),
          List.of(),
          isSame(before.flatMap(Case::trigger), definition.trigger().get())
              ? state.matches()
              : List.of(),
          state.alert());
    }
    List<Rung> old = ladder(former, state.caseId());
    if (state.rungs().size() != old.size()) {
      return fitted(state, definition);
    }
    return old.equals(definition.rungs())
        ? state
        : new CaseState(
            state.caseId(),
            rungs(state.rungs(), old, definition.rungs()),
            List.of(),
            state.alert().map(alert -> placed(alert, old, definition.rungs())));
  }

  /**
   * What is kept of a case whose ladder of before is not known any more, or was a rule of a build
   * of before: its alert stands on the rung of the same name, and the rungs begin anew.
   */
  static CaseState fitted(CaseState state, Case definition) {
    return new CaseState(
        state.caseId(),
        CaseState.idle(state.caseId(), definition.rungs().size()).rungs(),
        List.of(),
        state.alert().map(alert -> placed(alert, List.of(), definition.rungs())));
  }

  /** The rungs that a policy has for a case; none if it has no such case, or an event case. */
  static List<Rung> ladder(Policy policy, String caseId) {
    return policy.caseOf(caseId).map(Case::rungs).orElse(List.of());
  }

  private static boolean isSame(Optional<EventTrigger> before, EventTrigger now) {
    return before.isPresent()
        && before.get().match().equals(now.match())
        && before.get().count() == now.count()
        && before.get().within() == now.within();
  }

  private static List<RungState> rungs(List<RungState> states, List<Rung> old, List<Rung> now) {
    RungState[] rungs = new RungState[now.size()];
    for (int i = 0; i < rungs.length; i++) {
      int former = indexOf(now.get(i).id(), old);
      rungs[i] =
          former == NONE
              ? RungState.IDLE
              : carriedOver(states.get(former), old.get(former), now.get(i));
    }
    for (int i = 0; i < states.size(); i++) {
      if (indexOf(old.get(i).id(), now) == NONE) {
        int below = below(Place.level(i), old, now);
        if (below != NONE && states.get(i).notifiedAt() > rungs[below].notifiedAt()) {
          rungs[below] = rungs[below].notified(states.get(i).notifiedAt());
        }
      }
    }
    return List.of(rungs);
  }

  /**
   * What is kept of a rung whose condition has changed: what people were told, and what is known of
   * an activity score, lest another bound ends every alert.
   */
  private static RungState carriedOver(RungState state, Rung old, Rung now) {
    if (old.when().equals(now.when())) {
      return state;
    }
    boolean armed =
        state.armed()
            && old.when() instanceof Condition.ActivityBelow
            && now.when() instanceof Condition.ActivityBelow;
    return state.ended().armed(armed);
  }

  private static AlertState placed(AlertState alert, List<Rung> old, List<Rung> now) {
    String rung = alert.place().rung();
    int kept = indexOf(rung, now);
    int level =
        kept == NONE ? Place.level(below(alert.place().level(), old, now)) + 1 : Place.level(kept);
    return alert.on(new Place(rung, level, alert.place().severity()));
  }

  /**
   * The rung of the new ladder that was next below a level in the old one; NONE if there is none.
   */
  private static int below(int level, List<Rung> old, List<Rung> now) {
    int next = NONE;
    for (int i = 0; i < old.size() && Place.level(i) < level; i++) {
      int kept = indexOf(old.get(i).id(), now);
      next = kept == NONE ? next : kept;
    }
    return next;
  }

  private static int indexOf(String id, List<Rung> ladder) {
    for (int i = 0; i < ladder.size(); i++) {
      if (ladder.get(i).id().equals(id)) {
        return i;
      }
    }
    return NONE;
  }
}
