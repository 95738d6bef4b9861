package dev.lifesign.domain.condition;

import dev.lifesign.domain.condition.Conditions.Standing;
import dev.lifesign.domain.customer.ActivityScore;
import dev.lifesign.domain.policy.Condition;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.time.Instants;

/**
 * The condition that the activity score has fallen below a bound.
 *
 * <p>It begins at the first whole minute of the epoch at which the sum, as it is kept and decays
 * under the policy in force, is below the bound's. So a judgement asks about the last whole minute
 * before it, and finds what was named before: a sum as of the same instant only falls from minute
 * to minute. The score rises with the sum, so sums are compared, and no score is too near to 100.
 */
final class ActivityFalls {

  private static final long MINUTE = 60_000;

  /** 285,000 years: a double holds each millisecond up to then. */
  private static final double LAST = 0x1p53;

  private ActivityFalls() {}

  static Standing judge(Condition.ActivityBelow when, Scene scene, Standing before) {
    Policy.Activity terms = scene.policy().activity();
    ActivityScore score = scene.customer().score();
    double sum = score.sumAt(scene.at(), terms.halfLife());
    double bound = sumOf(when.below(), terms);
    if (before.holds()) {
      boolean ends =
          sum >= (when.until().isPresent() ? sumOf(when.until().getAsDouble(), terms) : bound);
      return Standing.of(!ends, !ends || sum >= bound);
    }
    boolean above = sum >= bound;
    boolean begins =
        !above
            && before.armed()
            && isBelow(bound, Math.floorDiv(scene.at(), MINUTE), score, terms.halfLife());
    return Standing.of(begins, above || before.armed());
  }

  /** When it begins. Only an event ends it, and only an event arms it. */
  static long next(Condition.ActivityBelow when, Scene scene, Standing now) {
    Policy.Activity terms = scene.policy().activity();
    double bound = sumOf(when.below(), terms);
    if (now.holds() || !now.armed() || !(bound > 0)) {
      return Instants.FOREVER;
    }
    ActivityScore score = scene.customer().score();
    double halvings = (Math.log(score.sum()) - Math.log(bound)) / Math.log(2);
    double fall = score.asOf() + halvings * terms.halfLife();
    if (!(fall < LAST)) {
      return Instants.FOREVER;
    }
    long low = Math.floorDiv(scene.at(), MINUTE);
    long high = Math.max((long) Math.ceil(fall / MINUTE), low + 1);
    // The closed form is within a minute of what a judgement will find; that decides.
    if (high - 1 > low && !isBelow(bound, high - 1, score, terms.halfLife())) {
      low = high - 1;
    }
    while (!isBelow(bound, high, score, terms.halfLife())) {
      long step = high - low;
      low = high;
      high += step;
    }
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (isBelow(bound, middle, score, terms.halfLife())) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high * MINUTE;
  }

  private static boolean isBelow(double bound, long minute, ActivityScore score, long halfLife) {
    return score.sumAt(minute * MINUTE, halfLife) < bound;
  }

  /** The sum at which the score is shown as this. */
  private static double sumOf(double shown, Policy.Activity terms) {
    return -terms.scale() * Math.log1p(-shown / 100);
  }
}
