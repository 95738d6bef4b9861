package dev.lifesign.lab.backtest;

import dev.lifesign.domain.model.PurchaseModel;
import dev.lifesign.domain.model.Purchases;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.time.LocalDays;

/**
 * A risk method with its settings in an order in which each puts at risk whom the one before it
 * puts at risk, and perhaps more. Decides as the timeline does (semantics, When is silence a
 * risk?).
 */
interface SilenceRule {

  /** The settings, in the unit of the method. */
  Settings values();

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
    public Settings values() {
      return Settings.of(0);
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
  record Fixed(Settings values) implements SilenceRule {

    @Override
    public boolean appliesTo(Silent customer) {
      return true;
    }

    @Override
    public boolean isAtRisk(int setting, Silent customer) {
      return Instants.plus(customer.since(), Math.round(values.at(setting) * Instants.DAY))
          <= customer.now();
    }
  }

  /**
   * A multiple of the customer's own mean gap.
   *
   * @param values the multiples, of at most four decimals, the highest first
   */
  record Personal(Bounds bounds, Settings values) implements SilenceRule {

    private static final int FROM = 3;
    private static final int PARTS = 10_000;

    @Override
    public boolean appliesTo(Silent customer) {
      return customer.days() >= FROM;
    }

    @Override
    public boolean isAtRisk(int setting, Silent customer) {
      long divisor = (long) PARTS * (customer.days() - 1);
      long span = (customer.last() - customer.first()) * Instants.DAY;
      long factor = Math.round(PARTS * values.at(setting));
      long gaps = Math.floorDiv(2 * factor * span + divisor, 2 * divisor);
      long silence = Math.max(bounds.min(), Math.min(bounds.max(), gaps));
      return Instants.plus(customer.since(), silence) <= customer.now();
    }
  }

  /**
   * The probability of being alive.
   *
   * @param values the probabilities, ascending
   */
  record Alive(Modelled by, Bounds bounds, Settings values) implements SilenceRule {

    @Override
    public boolean appliesTo(Silent customer) {
      return customer.days() > 0 && by.model().mayHaveLeft(customer.days() - 1L);
    }

    @Override
    public boolean isAtRisk(int setting, Silent customer) {
      return bounds.hold(
          by.aliveUntil(values.at(setting), customer) <= customer.now(),
          by.calendar().startOf(customer.last()),
          customer);
    }

    @Override
    public int first(Silent customer) {
      // The probability itself nearly says it; its closed form for instants decides.
      int found = values.atLeast(by.alive(customer));
      while (found > 0 && isAtRisk(found - 1, customer)) {
        found--;
      }
      while (found < settings() && !isAtRisk(found, customer)) {
        found++;
      }
      return found;
    }
  }

  /**
   * The probability of a purchase within a duration.
   *
   * @param within the duration, milliseconds
   * @param values the probabilities, ascending
   */
  record Return(Modelled by, long within, Bounds bounds, Settings values) implements SilenceRule {

    private static final long MINUTE = 60_000;

    @Override
    public boolean appliesTo(Silent customer) {
      return customer.days() > 0;
    }

    @Override
    public boolean isAtRisk(int setting, Silent customer) {
      return setting >= first(customer);
    }

    @Override
    public int first(Silent customer) {
      long lastDay = by.calendar().startOf(customer.last());
      if (!bounds.hold(true, lastDay, customer)) {
        return settings();
      }
      long minute = Math.floorDiv(customer.now(), MINUTE) * MINUTE;
      return bounds.hold(false, lastDay, customer)
          ? 0
          : values.atLeast(by.purchaseWithin(within, customer, minute));
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

    /** The probability of a purchase within a duration from an instant. */
    double purchaseWithin(long duration, Silent customer, long at) {
      double last = last(customer);
      double age = (at - calendar.startOf(customer.first())) / (double) unit;
      return model.purchaseWithin(
          duration / (double) unit, new Purchases(customer.days() - 1L, last, Math.max(last, age)));
    }

    /** The probability of being alive now. */
    double alive(Silent customer) {
      double last = last(customer);
      double age = (customer.now() - calendar.startOf(customer.first())) / (double) unit;
      return model.alive(new Purchases(customer.days() - 1L, last, Math.max(last, age)));
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
