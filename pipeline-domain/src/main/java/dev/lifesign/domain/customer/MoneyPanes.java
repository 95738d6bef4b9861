package dev.lifesign.domain.customer;

import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.time.LocalDays;
import java.util.Arrays;

/**
 * Orders and net money per calendar day, ascending; days without either have no pane. A window of N
 * days covers the N days that end with today. Days are in days since 1970-01-01, as {@link
 * LocalDays} numbers them. Immutable.
 */
public final class MoneyPanes {

  /** No panes. */
  public static final MoneyPanes EMPTY = new MoneyPanes(new int[0], new int[0], new long[0]);

  private final int[] days;
  private final int[] orders;
  private final long[] net;

  private MoneyPanes(int[] days, int[] orders, long[] net) {
    this.days = days;
    this.orders = orders;
    this.net = net;
  }

  /**
   * Restores panes.
   *
   * @param days days since 1970-01-01, ascending, distinct
   * @param orders transactions of each day
   * @param net net money of each day, minor units of the base currency
   */
  public static MoneyPanes of(int[] days, int[] orders, long[] net) {
    return new MoneyPanes(days.clone(), orders.clone(), net.clone());
  }

  /**
   * Adds orders and money to a day, and drops the days that today's window of {@code windowDays}
   * days does not cover.
   */
  public MoneyPanes plus(int day, int moreOrders, long moreNet, int windowDays, int today) {
    int from = firstIn(windowDays, today);
    if (day <= today - windowDays) {
      return from == 0 ? this : from(from);
    }
    int index = Ascending.insertionPoint(days, day);
    int to = index - from;
    boolean known = index < days.length && days[index] == day;
    int gap = known ? 0 : 1;
    int[] nextDays = known && from == 0 ? days : Ascending.copy(days, from, index, gap);
    int[] nextOrders = Ascending.copy(orders, from, index, gap);
    long[] nextNet = Ascending.copy(net, from, index, gap);
    if (!known) {
      nextDays[to] = day;
    }
    nextOrders[to] += moreOrders;
    nextNet[to] = Money.plus(nextNet[to], moreNet);
    return new MoneyPanes(nextDays, nextOrders, nextNet);
  }

  private MoneyPanes from(int index) {
    return new MoneyPanes(
        Arrays.copyOfRange(days, index, days.length),
        Arrays.copyOfRange(orders, index, orders.length),
        Arrays.copyOfRange(net, index, net.length));
  }

  /** Orders in the window. */
  public long orders(int windowDays, int today) {
    long sum = 0;
    for (int i = firstIn(windowDays, today); i < days.length; i++) {
      sum += orders[i];
    }
    return sum;
  }

  /** Whether there is an order in the window. */
  public boolean hasOrders(int windowDays, int today) {
    int lastExpired = today - windowDays;
    for (int i = days.length - 1; i >= 0 && days[i] > lastExpired; i--) {
      if (orders[i] != 0) {
        return true;
      }
    }
    return false;
  }

  /** Net money in the window, minor units of the base currency. */
  public long net(int windowDays, int today) {
    long sum = 0;
    for (int i = firstIn(windowDays, today); i < days.length; i++) {
      sum = Money.plus(sum, net[i]);
    }
    return sum;
  }

  /** The instant at which the next day leaves the window; FOREVER if no day is left in it. */
  public long nextExpiry(int windowDays, int today, LocalDays calendar) {
    int first = firstIn(windowDays, today);
    return first == days.length ? Instants.FOREVER : expiry(first, windowDays, calendar);
  }

  /**
   * The instant from which the window holds fewer orders than wanted, without a further event;
   * FOREVER if it already does.
   */
  public long ordersFallBelow(long wanted, int windowDays, int today, LocalDays calendar) {
    // From the newest day back: a few days usually hold as many.
    int lastExpired = today - windowDays;
    long orders = 0;
    for (int i = days.length - 1; i >= 0 && days[i] > lastExpired && wanted > 0; i--) {
      orders += this.orders[i];
      if (orders >= wanted) {
        return expiry(i, windowDays, calendar);
      }
    }
    return Instants.FOREVER;
  }

  /** The number of panes. */
  public int size() {
    return days.length;
  }

  /** The day of the i-th pane. */
  public int day(int i) {
    return days[i];
  }

  /** The orders of the i-th pane. */
  public int orders(int i) {
    return orders[i];
  }

  /** The net money of the i-th pane. */
  public long net(int i) {
    return net[i];
  }

  /** The instant at which a pane leaves the window. */
  private long expiry(int index, int windowDays, LocalDays calendar) {
    return calendar.startOf((long) days[index] + windowDays);
  }

  /**
   * The first pane in the window. Searched from the newest day back: most customers have few days
   * in the window, and the caller reads them all.
   */
  private int firstIn(int windowDays, int today) {
    int lastExpired = today - windowDays;
    int first = days.length;
    while (first > 0 && days[first - 1] > lastExpired) {
      first--;
    }
    return first;
  }

  @Override
  public boolean equals(Object other) {
    return other == this
        || (other instanceof MoneyPanes panes
            && Arrays.equals(days, panes.days)
            && Arrays.equals(orders, panes.orders)
            && Arrays.equals(net, panes.net));
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(days) + Arrays.hashCode(net);
  }

  @Override
  public String toString() {
    return days.length + " days";
  }
}
