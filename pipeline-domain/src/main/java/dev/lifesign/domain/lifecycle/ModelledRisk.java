package dev.lifesign.domain.lifecycle;

import dev.lifesign.domain.customer.DaySet;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.RiskMethod;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.time.LocalDays;
import java.util.OptionalLong;

/**
 * When silence puts a customer at risk according to the purchase model (semantics, When is silence
 * a risk?).
 */
public final class ModelledRisk {

  private ModelledRisk() {}

  /**
   * The instant that the policy's method gives, held within its bounds; empty if there is no
   * purchase, or if the probability never falls to the policy's value.
   */
  static OptionalLong at(
      long since, DaySet days, Policy.Model model, Policy.Risk risk, LocalDays calendar) {
    if (days.size() == 0) {
      return OptionalLong.empty();
    }
    if (risk.method() == RiskMethod.RETURN) {
      Bounds bounds =
          Bounds.of(since, days, risk.returning().min(), risk.returning().max(), calendar);
      return OptionalLong.of(
          bounds.hold(new ReturnFall(days, model, risk.returning(), calendar).firstMinute()));
    }
    if (!model.purchases().mayHaveLeft(days.size() - 1L)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        aliveUntil(risk.model().alive(), since, days, model, risk.model(), calendar));
  }

  /**
   * The instant at which the probability of being alive has fallen to a value, held within the
   * bounds of the policy's risk method {@code model}; whether or not that method is the policy's.
   *
   * @param probability between 0 and 1
   * @param since since when the customer has been silent; NEVER if no activity ever counted
   * @return FOREVER without a model or a purchase, or if the probability never falls that far
   */
  public static long aliveUntil(double probability, long since, DaySet days, Policy policy) {
    if (policy.model().isEmpty() || days.size() == 0 || since == Instants.NEVER) {
      return Instants.FOREVER;
    }
    Policy.Model model = policy.model().get();
    Policy.ModelRisk bounds = policy.lifecycle().silence().risk().model();
    return model.purchases().mayHaveLeft(days.size() - 1L)
        ? aliveUntil(probability, since, days, model, bounds, policy.days())
        : Instants.FOREVER;
  }

  private static long aliveUntil(
      double probability,
      long since,
      DaySet days,
      Policy.Model model,
      Policy.ModelRisk bounds,
      LocalDays calendar) {
    double last = days.span() * (double) Instants.DAY / model.unit();
    double age = model.purchases().aliveUntil(probability, days.size() - 1L, last);
    return Bounds.of(since, days, bounds.min(), bounds.max(), calendar)
        .hold(calendar.startOf(days.day(0)) + Math.floor(age * model.unit() + 0.5));
  }

  /**
   * What a modelled instant is held within.
   *
   * @param earliest the last purchase day's start + min
   * @param latest the last purchase day's start + max
   * @param quiet the begin of silence + min, which prevails over both
   */
  record Bounds(long earliest, long latest, long quiet) {

    static Bounds of(long since, DaySet days, long min, long max, LocalDays calendar) {
      long lastDay = calendar.startOf(days.day(days.size() - 1));
      return new Bounds(
          Instants.plus(lastDay, min), Instants.plus(lastDay, max), Instants.plus(since, min));
    }

    /**
     * The instant within the bounds.
     *
     * @param instant milliseconds since 1970; a double is exact for those of 280,000 years, and
     *     beyond that the bound applies
     */
    long hold(double instant) {
      long bounded = (long) Math.max((double) earliest, Math.min((double) latest, instant));
      return Math.max(bounded, quiet);
    }
  }
}
