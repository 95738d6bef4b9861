package dev.lifesign.core.lifecycle;

import dev.lifesign.core.customer.DaySet;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.time.Instants;
import java.util.OptionalLong;

/** When the purchase model finds silence a risk (semantics, When is silence a risk?). */
final class ModelledRisk {

  private ModelledRisk() {}

  /**
   * The instant at which the probability of being alive has fallen to the policy's, held within its
   * bounds; empty where the model says that it never falls, or knows no purchase.
   */
  static OptionalLong at(long since, DaySet days, Policy.Model model, Policy.Risk risk) {
    long repeats = days.size() - 1L;
    if (days.size() == 0 || !model.purchases().mayHaveLeft(repeats)) {
      return OptionalLong.empty();
    }
    double last = days.span() * (double) Instants.DAY / model.unit();
    double age = model.purchases().aliveUntil(risk.model().alive(), repeats, last);
    long lastDay = Instants.startOf(days.day(days.size() - 1));
    long earliest = Instants.plus(lastDay, risk.model().min());
    long latest = Instants.plus(lastDay, risk.model().max());
    // A double holds the milliseconds of 280,000 years; beyond that the bound holds.
    double modelled = Instants.startOf(days.day(0)) + Math.floor(age * model.unit() + 0.5);
    long bounded = (long) Math.max((double) earliest, Math.min((double) latest, modelled));
    return OptionalLong.of(Math.max(bounded, Instants.plus(since, risk.model().min())));
  }
}
