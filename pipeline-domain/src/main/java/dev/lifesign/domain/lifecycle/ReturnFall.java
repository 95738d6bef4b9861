package dev.lifesign.domain.lifecycle;

import dev.lifesign.domain.customer.DaySet;
import dev.lifesign.domain.model.ReturnCurve;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.time.LocalDays;

/**
 * When the probability of a purchase soon has fallen to the policy's value (semantics, When is
 * silence a risk?): the first whole minute of the epoch at which it is at most that.
 */
final class ReturnFall {

  private static final long MINUTE = 60_000;

  /** Of an instant as a double, in minutes. */
  private static final double LEAST_ERROR = 1e-6;

  private final ReturnCurve curve;
  private final double below;
  private final double unit;
  private final long first;
  private final double last;

  /** The fall of the probability for a customer with these purchase days, at least one. */
  ReturnFall(DaySet days, Policy.Model model, Policy.ReturnRisk risk, LocalDays calendar) {
    unit = model.unit();
    last = days.span() * (double) Instants.DAY / unit;
    first = calendar.startOf(days.day(0));
    below = risk.below();
    curve = new ReturnCurve(model.purchases(), risk.within() / unit, days.size() - 1L, last);
  }

  /**
   * The first minute, in milliseconds since 1970; negative infinity if it is not after the earliest
   * instant, and positive infinity if it is after the latest.
   */
  double firstMinute(ModelledRisk.Bounds bounds) {
    long low = Math.floorDiv(bounds.earliest(), MINUTE);
    long high = Math.floorDiv(bounds.latest(), MINUTE);
    if (hasFallen(low)) {
      return Double.NEGATIVE_INFINITY;
    }
    double from = Math.max(last, age(low));
    double to = age(high);
    if (!(to > from)) {
      return Double.POSITIVE_INFINITY;
    }
    ReturnCurve.Crossing crossing = curve.falls(below, from, to);
    double minute = (first + crossing.age() * unit) / MINUTE;
    double error = crossing.error() * unit / MINUTE + LEAST_ERROR;
    if (minute - error > low && minute + error < high) {
      double before = Math.ceil(minute - error) - 1;
      double after = Math.ceil(minute + error);
      if (after - before == 1) {
        return after * MINUTE;
      }
      // Too close to a whole minute to tell which: the probability itself decides.
      if (!hasFallen((long) before) && hasFallen((long) after)) {
        return bisect((long) before, (long) after) * (double) MINUTE;
      }
    }
    return hasFallen(high) ? bisect(low, high) * (double) MINUTE : Double.POSITIVE_INFINITY;
  }

  /** The first minute, given one before it, and itself or one after it. */
  private long bisect(long before, long after) {
    long low = before;
    long high = after;
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (hasFallen(middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  private boolean hasFallen(long minute) {
    return curve.at(age(minute)) <= below;
  }

  private double age(long minute) {
    return (minute * MINUTE - first) / unit;
  }
}
