package dev.lifesign.domain.scoring;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.DaySet;
import dev.lifesign.domain.model.LifetimeValue;
import dev.lifesign.domain.model.Purchases;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.time.LocalDays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The predictions of the policy's models for a customer at an instant
 * (docs/explanation/scoring.md). Money is in minor units of the base currency.
 *
 * @param alive probability that the customer has not left
 * @param within30Days probability of a purchase in the next 30 days
 * @param within90Days probability of a purchase in the next 90 days
 * @param purchases expected purchase days within the policy's horizon
 * @param spend expected worth of a purchase day
 * @param value predicted lifetime value: discounted worth of the purchases of the horizon
 * @param nextPurchaseAt when the next purchase is expected: the last purchase plus the median wait
 *     of a customer who has not left; may be in the past. FOREVER if beyond all calendars
 */
public record Prediction(
    double alive,
    double within30Days,
    double within90Days,
    double purchases,
    double spend,
    double value,
    long nextPurchaseAt) {

  private static final int STEPS = 12;
  private static final double YEAR = 365.0 * Instants.DAY;

  /** The probability of being alive; empty without a model, or without a purchase. */
  public static OptionalDouble alive(Customer customer, Policy policy, long at) {
    DaySet days = customer.commerce().purchaseDays();
    return policy.model().isEmpty() || days.size() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            policy
                .model()
                .get()
                .purchases()
                .alive(purchases(days, policy.model().get().unit(), at, policy.days())));
  }

  /**
   * The probability of a purchase soon; empty without a model, or without a purchase.
   *
   * @param within how soon, milliseconds
   */
  public static OptionalDouble purchaseWithin(
      long within, Customer customer, Policy policy, long at) {
    DaySet days = customer.commerce().purchaseDays();
    if (policy.model().isEmpty() || days.size() == 0) {
      return OptionalDouble.empty();
    }
    Policy.Model model = policy.model().get();
    return OptionalDouble.of(
        model
            .purchases()
            .purchaseWithin(
                within / (double) model.unit(), purchases(days, model.unit(), at, policy.days())));
  }

  /** The predictions; empty without a model, or without a purchase. */
  public static Optional<Prediction> of(Customer customer, Policy policy, long at) {
    DaySet days = customer.commerce().purchaseDays();
    return policy.model().isEmpty() || days.size() == 0
        ? Optional.empty()
        : Optional.of(of(customer, policy, policy.model().get(), at));
  }

  private static Prediction of(Customer customer, Policy policy, Policy.Model model, long at) {
    DaySet days = customer.commerce().purchaseDays();
    double unit = model.unit();
    Purchases known = purchases(days, model.unit(), at, policy.days());
    int minor = policy.currency().minorUnits();
    double mean = Math.max(0, customer.commerce().net()) / (double) minor / days.size();
    double spend = model.spend().expected(days.size(), mean) * minor;
    double step = model.horizon() / unit / STEPS;
    double discount = Math.pow(1 + model.discountRate(), model.horizon() / YEAR / STEPS) - 1;
    return new Prediction(
        model.purchases().alive(known),
        model.purchases().purchaseWithin(30 * Instants.DAY / unit, known),
        model.purchases().purchaseWithin(90 * Instants.DAY / unit, known),
        model.purchases().expected(model.horizon() / unit, known),
        spend,
        new LifetimeValue(step, STEPS, discount).of(model.purchases(), known, spend),
        next(model, days, known, policy.days()));
  }

  /** The input to the purchase model for a customer with these purchase days, at least one. */
  public static Purchases purchases(DaySet days, long unit, long at, LocalDays calendar) {
    double last = days.span() * (double) Instants.DAY / unit;
    double age = (at - calendar.startOf(days.day(0))) / (double) unit;
    return new Purchases(days.size() - 1L, last, Math.max(last, age));
  }

  private static long next(Policy.Model model, DaySet days, Purchases known, LocalDays calendar) {
    double wait = model.purchases().medianWait(known.repeats(), known.last()) * model.unit();
    long last = calendar.startOf(days.day(days.size() - 1));
    return wait < Instants.FOREVER / 2.0 ? Instants.plus(last, Math.round(wait)) : Instants.FOREVER;
  }
}
