package dev.lifesign.domain.condition;

import dev.lifesign.domain.customer.Milestones;
import dev.lifesign.domain.policy.Condition;
import dev.lifesign.domain.time.Instants;

/** The condition that nothing of a kind has happened for a time. */
final class Silences {

  private Silences() {}

  static boolean holds(Condition.Silent when, Scene scene) {
    long begin = beginOf(when, scene);
    return begin != Instants.NEVER && begin <= scene.at();
  }

  /** When it begins; NEVER if nothing of the kind ever happened, in which case it does not hold. */
  static long beginOf(Condition.Silent when, Scene scene) {
    Milestones milestones = scene.customer().milestones();
    long last =
        switch (when.of()) {
          case PURCHASE -> milestones.lastPurchase();
          case TRANSACTION -> milestones.lastTransaction();
          case ACTIVITY -> milestones.lastQualifying();
          case USE -> milestones.lastUse();
        };
    return Instants.plus(last, when.lasting());
  }
}
