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

  /** The number of settings. */
  int settings();

  /** Whether the method applies to the customer; where it does not, {@code fixed} holds. */
  boolean appliesTo(Silent customer);

  /** Whether a setting puts the customer at risk. */
  boolean isAtRisk(int setting, Silent customer);

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

  /**
   * The bounds of a silence that puts a customer at risk, milliseconds.
   *
   * @param min the shortest
   * @param max the longest
   */
  record Bounds(long min, long max) {}

  /** A method that applies to nobody, so that the same silence holds for everybody. */
  record Nobody() implements SilenceRule {

    @Override
    public int settings() {
      return 1;
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
   * @param days the silences, days, the longest first
   */
  record Fixed(List<Integer> days) implements SilenceRule {

    /** Keeps its own copy. */
    public Fixed {
      days = List.copyOf(days);
    }

    @Override
    public int settings() {
      return days.size();
    }

    @Override
    public boolean appliesTo(Silent customer) {
      return true;
    }

    @Override
    public boolean isAtRisk(int setting, Silent customer) {
      return Instants.plus(customer.since(), days.get(setting) * Instants.DAY) <= customer.now();
    }
  }

  /**
   * A multiple of the customer's own mean gap.
   *
   * @param quarters the multiples, in quarters, the highest first
   */
  record Personal(Bounds bounds, List<Integer> quarters) implements SilenceRule {

    private static final int FROM = 3;
    private static final int PARTS = 4;

    /** Keeps its own copy. */
    public Personal {
      quarters = List.copyOf(quarters);
    }

    @Override
    public int settings() {
      return quarters.size();
    }

    @Override
    public boolean appliesTo(Silent customer) {
      return customer.days() >= FROM;
    }

    @Override
    public boolean isAtRisk(int setting, Silent customer) {
      long divisor = (long) PARTS * (customer.days() - 1);
      long span = (customer.last() - customer.first()) * Instants.DAY;
      long gaps = Math.floorDiv(2 * quarters.get(setting) * span + divisor, 2 * divisor);
      long silence = Math.max(bounds.min(), Math.min(bounds.max(), gaps));
      return Instants.plus(customer.since(), silence) <= customer.now();
    }
  }

  /**
   * What the two methods with a model have in common.
   *
   * @param model the model
   * @param unit its unit of time, milliseconds
   * @param calendar begins the days
   */
  record Modelled(PurchaseModel model, long unit, LocalDays calendar) {

    /** The customer's age in units at an instant. */
    private double age(Silent customer, long at) {
      return (at - calendar.startOf(customer.first())) / (double) unit;
    }

    private double last(Silent customer) {
      return (customer.last() - customer.first()) * (double) Instants.DAY / unit;
    }

    /** The probability of a purchase within a duration from an instant. */
    double purchaseWithin(long duration, Silent customer, long at) {
      double last = last(customer);
      return model.purchaseWithin(
          duration / (double) unit,
          new Purchases(customer.days() - 1L, last, Math.max(last, age(customer, at))));
    }

    /** The instant, in milliseconds, at which the probability of being alive falls to a value. */
    double aliveUntil(double alive, Silent customer) {
      return calendar.startOf(customer.first())
          + Math.floor(model.aliveUntil(alive, customer.days() - 1L, last(customer)) * unit + 0.5);
    }
  }

  /**
   * The probability of being alive.
   *
   * @param percents the probabilities, ascending
   */
  record Alive(Modelled by, Bounds bounds, List<Integer> percents) implements SilenceRule {

    private static final double PERCENT = 100;

    /** Keeps its own copy. */
    public Alive {
      percents = List.copyOf(percents);
    }

    @Override
    public int settings() {
      return percents.size();
    }

    @Override
    public boolean appliesTo(Silent customer) {
      return customer.days() > 0 && by.model().mayHaveLeft(customer.days() - 1L);
    }

    @Override
    public boolean isAtRisk(int setting, Silent customer) {
      double modelled = by.aliveUntil(percents.get(setting) / PERCENT, customer);
      long lastDay = by.calendar().startOf(customer.last());
      return Instants.plus(customer.since(), bounds.min()) <= customer.now()
          && Instants.plus(lastDay, bounds.min()) <= customer.now()
          && (modelled <= customer.now() || Instants.plus(lastDay, bounds.max()) <= customer.now());
    }
  }

  /**
   * The probability of a purchase within a duration.
   *
   * @param within the duration, milliseconds
   * @param percents the probabilities, ascending
   */
  record Return(Modelled by, long within, Bounds bounds, List<Integer> percents)
      implements SilenceRule {

    private static final double PERCENT = 100;
    private static final long MINUTE = 60_000;

    /** Keeps its own copy. */
    public Return {
      percents = List.copyOf(percents);
    }

    @Override
    public int settings() {
      return percents.size();
    }

    @Override
    public boolean appliesTo(Silent customer) {
      return customer.days() > 0;
    }

    @Override
    public boolean isAtRisk(int setting, Silent customer) {
      long lastDay = by.calendar().startOf(customer.last());
      if (Instants.plus(customer.since(), bounds.min()) > customer.now()
          || Instants.plus(lastDay, bounds.min()) > customer.now()) {
        return false;
      }
      long minute = Math.floorDiv(customer.now(), MINUTE) * MINUTE;
      return Instants.plus(lastDay, bounds.max()) <= customer.now()
          || by.purchaseWithin(within, customer, minute) <= percents.get(setting) / PERCENT;
    }
  }
}
