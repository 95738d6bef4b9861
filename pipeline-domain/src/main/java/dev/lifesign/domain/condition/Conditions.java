package dev.lifesign.domain.condition;

import dev.lifesign.domain.policy.Condition;
import dev.lifesign.domain.time.Instants;

/** Judges the conditions of cases, in closed form (semantics, Alerts). */
public final class Conditions {

  private Conditions() {}

  /**
   * How a condition stands.
   *
   * @param holds whether it holds
   * @param armed whether a judgement found the activity score at or above its bound; false for
   *     other conditions
   */
  public record Standing(boolean holds, boolean armed) {

    /** Never judged. */
    public static final Standing NONE = new Standing(false, false);

    private static final Standing ARMED = new Standing(false, true);
    private static final Standing HOLDS = new Standing(true, false);
    private static final Standing ARMED_AND_HOLDS = new Standing(true, true);

    /** The same as the constructor, without a new object. */
    public static Standing of(boolean holds, boolean armed) {
      if (holds) {
        return armed ? ARMED_AND_HOLDS : HOLDS;
      }
      return armed ? ARMED : NONE;
    }
  }

  /**
   * How a condition stands in a scene.
   *
   * @param before how it stood when last judged; it matters for activity scores only
   */
  public static Standing judge(Condition when, Scene scene, Standing before) {
    return when instanceof Condition.ActivityBelow activity
        ? ActivityFalls.judge(activity, scene, before)
        : Standing.of(holds(when, scene), false);
  }

  /**
   * The next instant at which a condition can begin or end with no further event, status change or
   * segment change; FOREVER if there is none.
   *
   * @param now how it stands in the scene
   */
  public static long next(Condition when, Scene scene, Standing now) {
    if (when instanceof Condition.AliveBelow alive) {
      return AliveFalls.next(alive, scene);
    }
    if (when instanceof Condition.ActivityBelow activity) {
      return ActivityFalls.next(activity, scene, now);
    }
    if (when instanceof Condition.Silent silent) {
      long begin = Silences.beginOf(silent, scene);
      return begin > scene.at() ? begin : Instants.FOREVER;
    }
    if (when instanceof Condition.RenewalAhead renewal) {
      return Renewals.next(renewal, scene);
    }
    if (when instanceof Condition.AnniversaryAhead anniversary) {
      return Anniversaries.next(anniversary, scene);
    }
    // A status or a segment changes at instants that are deadlines already.
    return Instants.FOREVER;
  }

  private static boolean holds(Condition when, Scene scene) {
    if (when instanceof Condition.InStatus status) {
      return status.in().contains(scene.now().status())
          && (status.reasons().isEmpty() || status.reasons().contains(scene.now().reason()));
    }
    if (when instanceof Condition.InSegment segment) {
      return segment.in().contains(scene.segment());
    }
    if (when instanceof Condition.AliveBelow alive) {
      return AliveFalls.beginOf(alive, scene) <= scene.at();
    }
    if (when instanceof Condition.Silent silent) {
      return Silences.holds(silent, scene);
    }
    if (when instanceof Condition.RenewalAhead renewal) {
      return Renewals.holds(renewal, scene);
    }
    if (when instanceof Condition.AnniversaryAhead anniversary) {
      return Anniversaries.holds(anniversary, scene);
    }
    throw new IllegalArgumentException("Expected a condition that can be judged, not " + when);
  }
}
