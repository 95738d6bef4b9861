package dev.lifesign.domain.lifecycle;

import dev.lifesign.domain.customer.DaySet;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.time.LocalDays;
import java.util.OptionalLong;

/**
 * When silence puts a customer at risk according to the purchase model (semantics, When is silence
 * a risk?).
 */
final class ModelledRisk {

  private ModelledRisk() {}

  /**
   * The instant at which the probability of being alive has fallen to the policy's value, clamped
   * to the policy's bounds; empty if it never falls under the model, or if there is no purchase.
   */
  static OptionalLong at(
      long since, DaySet days, Policy.Model model, Policy.Risk risk, LocalDays calendar) {
    long repeats = days.size() - 1L;
    if (days.size() == 0 || !model.purchases().mayHaveLeft(repeats)) {
      return OptionalLong.empty();
    }
    double last = days.span() * (double) Instants.DAY / model.unit();
    double age = model.purchases().aliveUntil(risk.model().alive(), repeats, last);
    long lastDay = calendar.startOf(days.day(days.size() - 1));
    long earliest = Instants.plus(lastDay, risk.model().min());
    long latest = Instants.plus(lastDay, risk.model().max());
    // A double is exact for the milliseconds of 280,000 years; beyond that the bound applies.
    double modelled = calendar.startOf(days.day(0)) + Math.floor(age * model.unit() + 0.5);
    long bounded = (long) Math.max((double) earliest, Math.min((double) latest, modelled));
    return OptionalLong.of(Math.max(bounded, Instants.plus(since, risk.model().min())));
  }
}
