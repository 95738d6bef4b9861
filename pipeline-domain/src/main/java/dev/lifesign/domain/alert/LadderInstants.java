package dev.lifesign.domain.alert;

import dev.lifesign.domain.condition.Conditions;
import dev.lifesign.domain.condition.Conditions.Standing;
import dev.lifesign.domain.condition.Scene;
import dev.lifesign.domain.customer.AlertState;
import dev.lifesign.domain.customer.CaseState;
import dev.lifesign.domain.customer.RungState;
import dev.lifesign.domain.customer.RungState.Phase;
import dev.lifesign.domain.policy.Case;
import dev.lifesign.domain.policy.Rung;
import dev.lifesign.domain.time.Instants;
import java.util.List;

/** When a case with a ladder changes with no further event. */
final class LadderInstants {

  private LadderInstants() {}

  /**
   * The next instant at which a case with a ladder can change with no further event; FOREVER if
   * there is none, and NEVER if the judgement itself changes something.
   *
   * @param state what is kept of it; null if it never concerned the customer
   */
  static long nextIfQuiet(Case definition, CaseState state, Scene scene) {
    return next(definition, state, scene, true);
  }

  /**
   * The next instant at which a case with a ladder can change with no further event, after it was
   * reviewed; FOREVER if there is none.
   *
   * @param state what is kept of it; null if it never concerned the customer
   */
  static long next(Case definition, CaseState state, Scene scene) {
    return next(definition, state, scene, false);
  }

  private static long next(Case definition, CaseState state, Scene scene, boolean ifQuiet) {
    long at = scene.at();
    List<Rung> ladder = definition.rungs();
    if (ifQuiet && state != null && state.rungs().size() != ladder.size()) {
      return Instants.NEVER;
    }
    long next = Instants.FOREVER;
    boolean waiting = false;
    for (int i = 0; i < ladder.size(); i++) {
      RungState rung = state == null ? RungState.IDLE : state.rungs().get(i);
      Rung defined = ladder.get(i);
      Standing standing = Standing.of(rung.holds(), rung.armed());
      long fires =
          rung.phase() == Phase.DWELLING
              ? Instants.plus(rung.since(), defined.dwell())
              : Instants.FOREVER;
      if (ifQuiet
          && (fires <= at || !Conditions.judge(defined.when(), scene, standing).equals(standing))) {
        return Instants.NEVER;
      }
      next = sooner(next, Conditions.next(defined.when(), scene, standing), at);
      next = sooner(next, fires, at);
      waiting |= rung.phase() == Phase.WAITING;
    }
    if (state == null || state.alert().isEmpty()) {
      return next;
    }
    AlertState alert = state.alert().get();
    long raises =
        waiting && !alert.isOpen()
            ? Instants.plus(alert.moments().endedAt(), definition.cooldown())
            : Instants.FOREVER;
    if (ifQuiet && (raises <= at || AlertInstants.isDue(alert, at))) {
      return Instants.NEVER;
    }
    return sooner(sooner(next, AlertInstants.next(alert, at), at), raises, at);
  }

  private static long sooner(long next, long candidate, long at) {
    return candidate > at && candidate < next ? candidate : next;
  }
}
