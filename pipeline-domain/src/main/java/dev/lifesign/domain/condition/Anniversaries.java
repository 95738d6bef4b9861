package dev.lifesign.domain.condition;

import dev.lifesign.domain.policy.Condition;
import dev.lifesign.domain.policy.PolicyCalendar;
import dev.lifesign.domain.time.Instants;

/**
 * The condition that an anniversary of the first commercial event is near or today. Since
 * anniversaries are at least 365 days apart and it begins at most 364 days before one, the next
 * anniversary alone decides.
 */
final class Anniversaries {

  private Anniversaries() {}

  static boolean holds(Condition.AnniversaryAhead when, Scene scene) {
    long first = scene.customer().milestones().firstCommercial();
    if (first == Instants.NEVER) {
      return false;
    }
    int today = scene.policy().days().dayOf(scene.at());
    return anniversary(first, today, scene.policy().calendar()) - when.days() <= today;
  }

  /** While it holds, the end of the anniversary; else the begin of the day so many days before. */
  static long next(Condition.AnniversaryAhead when, Scene scene) {
    long first = scene.customer().milestones().firstCommercial();
    if (first == Instants.NEVER) {
      return Instants.FOREVER;
    }
    PolicyCalendar calendar = scene.policy().calendar();
    int today = calendar.days().dayOf(scene.at());
    long anniversary = anniversary(first, today, calendar);
    long begin = anniversary - when.days();
    return calendar.days().startOf(begin > today ? begin : anniversary + 1);
  }

  private static long anniversary(long first, int today, PolicyCalendar calendar) {
    return calendar.months().years().anniversary(calendar.days().dayOf(first), today);
  }
}
