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

  private final Policy.Model model;
  private final Policy.ReturnRisk risk;
  private final double unit;
  private final long repeats;
  private final double last;
  private final long first;

  /** The fall of the probability for a customer with these purchase days, at least one. */
  ReturnFall(DaySet days, Policy.Model model, Policy.ReturnRisk risk, LocalDays calendar) {
    this.model = model;
    this.risk = risk;
    unit = model.unit();
    repeats = days.size() - 1L;
    last = days.span() * (double) Instants.DAY / unit;
    first = calendar.startOf(days.day(0));
  }

  /**
   * The first minute, in milliseconds since 1970; negative infinity if it is not after the last
   * purchase day's start, and positive infinity if it is after all that the policy's bound allows.
   */
  double firstMinute() {
    ReturnCurve.Crossing crossing = risk.ages().of(model.purchases(), unit, repeats, last);
    double minute = (first + crossing.age() * unit) / MINUTE;
    double error = crossing.error() * unit / MINUTE + LEAST_ERROR;
    double after = Math.ceil(minute + error);
    if (Double.isInfinite(after) || Math.ceil(minute - error) == after) {
      return after * MINUTE;
    }
    // Too close to a whole minute to tell which it is: the probability itself decides.
    ReturnCurve curve = new ReturnCurve(model.purchases(), risk.within() / unit, repeats, last);
    // Before the last purchase it has not fallen.
    long low = (long) Math.floor((first + last * unit) / MINUTE) - 1;
    long near = (long) Math.ceil(minute - error) - 1;
    if (near > low && !hasFallen(curve, near)) {
      low = near;
    }
    long high = (long) after;
    while (!hasFallen(curve, high)) {
      high += high - low;
    }
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (hasFallen(curve, middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high * (double) MINUTE;
  }

  private boolean hasFallen(ReturnCurve curve, long minute) {
    return curve.at((minute * MINUTE - first) / unit) <= risk.below();
  }
}
