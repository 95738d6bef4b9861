package dev.lifesign.lab.backtest;

import dev.lifesign.domain.model.PurchaseModel;
import dev.lifesign.domain.model.Purchases;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.time.LocalDays;
import java.util.List;

/**
 * A risk method with its settings in an order in which each puts at risk whom the one before it
 * puts at risk, and perhaps more. Decides as the timeline does (semantics, When is silence a
 * risk?).
 */
interface SilenceRule {

  /** The settings, in the unit of the method. */
  List<Integer> values();

  /** Whether the method applies to the customer; where it does not, {@code fixed} holds. */
  boolean appliesTo(Silent customer);

  /** Whether a setting puts the customer at risk. */
  boolean isAtRisk(int setting, Silent customer);

  /** The number of settings. */
  default int settings() {
    return values().size();
  }

  /** The first setting that puts the customer at risk; {@link #settings()} if none does. */
  default int first(Silent customer) {
    int low = 0;
    int high = settings();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isAtRisk(middle, customer)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** A method that applies to nobody, so that the same silence holds for everybody. */
  record Nobody() implements SilenceRule {

    @Override
    public List<Integer> values() {
      return List.of(0);
    }

    @Override
    public boolean appliesTo(Silent customer) {
      return false;
    }

    @Override
    public boolean isAtRisk(int setting, Silent customer) {
      return false;
    }
  }

  /**
   * The same silence for everybody.
   *
   * @param values the silences, days, the longest first
   */
  record Fixed(List<Integer> values) implements SilenceRule {

    @Override
    public boolean appliesTo(Silent customer) {
      return true;
    }

    @Override
    public boolean isAtRisk(int setting, Silent customer) {
      return Instants.plus(customer.since(), values.get(setting) * Instants.DAY) <= customer.now();
    }
  }

  /**
   * A multiple of the customer's own mean gap.
   *
   * @param values the multiples, in quarters, the highest first
   */
  record Personal(Bounds bounds, List<Integer> values) implements SilenceRule {

    private static final int FROM = 3;
    private static final int PARTS = 4;

    @Override
    public boolean appliesTo(Silent customer) {
      return customer.days() >= FROM;
    }

    @Override
    public boolean isAtRisk(int setting, Silent customer) {
      long divisor = (long) PARTS * (customer.days() - 1);
      long span = (customer.last() - customer.first()) * Instants.DAY;
      long gaps = Math.floorDiv(2 * values.get(setting) * span + divisor, 2 * divisor);
      long silence = Math.max(bounds.min(), Math.min(bounds.max(), gaps));
      return Instants.plus(customer.since(), silence) <= customer.now();
    }
  }

  /**
   * The probability of being alive.
   *
   * @param values the probabilities, in per cent, ascending
   */
  record Alive(Modelled by, Bounds bounds, List<Integer> values) implements SilenceRule {

    @Override
    public boolean appliesTo(Silent customer) {
      return customer.days() > 0 && by.model().mayHaveLeft(customer.days() - 1L);
    }

    @Override
    public boolean isAtRisk(int setting, Silent customer) {
      return bounds.hold(
          by.aliveUntil(values.get(setting) / Modelled.PERCENT, customer) <= customer.now(),
          by.calendar().startOf(customer.last()),
          customer);
    }
  }

  /**
   * The probability of a purchase within a duration.
   *
   * @param within the duration, milliseconds
   * @param values the probabilities, in per cent, ascending
   */
  record Return(Modelled by, long within, Bounds bounds, List<Integer> values)
      implements SilenceRule {

    private static final long MINUTE = 60_000;

    @Override
    public boolean appliesTo(Silent customer) {
      return customer.days() > 0;
    }

    @Override
    public boolean isAtRisk(int setting, Silent customer) {
      long minute = Math.floorDiv(customer.now(), MINUTE) * MINUTE;
      return bounds.hold(
          by.purchaseWithin(within, customer, minute) <= values.get(setting) / Modelled.PERCENT,
          by.calendar().startOf(customer.last()),
          customer);
    }
  }

  /**
   * The bounds of a silence that puts a customer at risk, milliseconds.
   *
   * @param min the shortest
   * @param max the longest
   */
  record Bounds(long min, long max) {

    /**
     * Whether a customer is at risk, with what the model says held within the bounds.
     *
     * @param modelled whether the model says so
     * @param lastDay the start of the last purchase day
     */
    boolean hold(boolean modelled, long lastDay, Silent customer) {
      return Instants.plus(customer.since(), min) <= customer.now()
          && Instants.plus(lastDay, min) <= customer.now()
          && (modelled || Instants.plus(lastDay, max) <= customer.now());
    }
  }

  /**
   * What a purchase model says of customers at a cutoff.
   *
   * @param model the model
   * @param unit its unit of time, milliseconds
   * @param calendar begins the days
   */
  record Modelled(PurchaseModel model, long unit, LocalDays calendar) {

    static final double PERCENT = 100;

    /** The probability of a purchase within a duration from an instant. */
    double purchaseWithin(long duration, Silent customer, long at) {
      double last = last(customer);
      double age = (at - calendar.startOf(customer.first())) / (double) unit;
      return model.purchaseWithin(
          duration / (double) unit, new Purchases(customer.days() - 1L, last, Math.max(last, age)));
    }

    /** The instant, in milliseconds, at which the probability of being alive falls to a value. */
    double aliveUntil(double alive, Silent customer) {
      return calendar.startOf(customer.first())
          + Math.floor(model.aliveUntil(alive, customer.days() - 1L, last(customer)) * unit + 0.5);
    }

    private double last(Silent customer) {
      return (customer.last() - customer.first()) * (double) Instants.DAY / unit;
    }
  }
}
