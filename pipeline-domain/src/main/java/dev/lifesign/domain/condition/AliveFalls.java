package dev.lifesign.domain.condition;

import dev.lifesign.domain.customer.Subscription;
import dev.lifesign.domain.lifecycle.ModelledRisk;
import dev.lifesign.domain.policy.Condition;
import dev.lifesign.domain.time.Instants;
import java.util.List;

/** The condition that the probability of being alive has fallen to a value. */
final class AliveFalls {

  private AliveFalls() {}

  /** When it begins; FOREVER if the model gives no such instant. */
  static long beginOf(Condition.AliveBelow when, Scene scene) {
    return ModelledRisk.aliveUntil(
        when.below(),
        scene.situation().silence().since(),
        scene.customer().commerce().purchaseDays(),
        scene.policy());
  }

  /**
   * When it can change: when it begins, or when a subscription ends, since silence begins then and
   * is held to its minimum anew.
   */
  static long next(Condition.AliveBelow when, Scene scene) {
    long at = scene.at();
    long begin = beginOf(when, scene);
    if (begin == Instants.FOREVER) {
      return Instants.FOREVER;
    }
    long next = begin > at ? begin : Instants.FOREVER;
    List<Subscription> subscriptions = scene.customer().subscriptions().list();
    for (int i = 0; i < subscriptions.size(); i++) {
      Subscription subscription = subscriptions.get(i);
      if (subscription.entitledAt(at)) {
        next = Math.min(next, subscription.entitledUntil());
      }
    }
    return next;
  }
}
