package dev.lifesign.core.customer;

import dev.lifesign.core.time.Instants;
import java.util.Arrays;

/**
 * Orders and net money of each UTC day that has any, ascending. A window of N days at an instant
 * covers the N days that end with the day of the instant. Immutable.
 */
public final class MoneyPanes {

  /** No day. */
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
   * From stored panes.
   *
   * @param days days since 1970-01-01, ascending, distinct
   * @param orders transactions of each day
   * @param net net money of each day, minor units of the base currency
   */
  public static MoneyPanes of(int[] days, int[] orders, long[] net) {
    return new MoneyPanes(days.clone(), orders.clone(), net.clone());
  }

  /**
   * These with orders and money added to a day, without the days that a window of so many days at
   * an instant does not cover.
   */
  public MoneyPanes plus(int day, int moreOrders, long moreNet, int windowDays, long at) {
    int from = firstIn(windowDays, at);
    if (day <= Instants.dayOf(at) - windowDays) {
      return from == 0 ? this : from(from);
    }
    int place = Ascending.place(days, day);
    int to = place - from;
    boolean known = place < days.length && days[place] == day;
    int room = known ? 0 : 1;
    int[] nextDays = known && from == 0 ? days : Ascending.copy(days, from, place, room);
    int[] nextOrders = Ascending.copy(orders, from, place, room);
    long[] nextNet = Ascending.copy(net, from, place, room);
    if (!known) {
      nextDays[to] = day;
    }
    nextOrders[to] += moreOrders;
    nextNet[to] = Money.plus(nextNet[to], moreNet);
    return new MoneyPanes(nextDays, nextOrders, nextNet);
  }

  private MoneyPanes from(int place) {
    return new MoneyPanes(
        Arrays.copyOfRange(days, place, days.length),
        Arrays.copyOfRange(orders, place, orders.length),
        Arrays.copyOfRange(net, place, net.length));
  }

  /** Orders in the window. */
  public long orders(int windowDays, long at) {
    long sum = 0;
    for (int i = firstIn(windowDays, at); i < days.length; i++) {
      sum += orders[i];
    }
    return sum;
  }

  /** Whether there is an order in the window. */
  public boolean hasOrders(int windowDays, long at) {
    int gone = Instants.dayOf(at) - windowDays;
    for (int i = days.length - 1; i >= 0 && days[i] > gone; i--) {
      if (orders[i] != 0) {
        return true;
      }
    }
    return false;
  }

  /** Net money in the window, minor units of the base currency. */
  public long net(int windowDays, long at) {
    long sum = 0;
    for (int i = firstIn(windowDays, at); i < days.length; i++) {
      sum = Money.plus(sum, net[i]);
    }
    return sum;
  }

  /** The instant at which the next day leaves the window, or FOREVER if none is left in it. */
  public long nextExpiry(int windowDays, long at) {
    int first = firstIn(windowDays, at);
    return first == days.length ? Instants.FOREVER : expiry(first, windowDays);
  }

  /**
   * The instant after {@code at} from which there are fewer than so many orders in the window, with
   * no further event; FOREVER if there are fewer already.
   */
  public long ordersFallBelow(long wanted, int windowDays, long at) {
    // From the newest day back: few days are needed for as many.
    int gone = Instants.dayOf(at) - windowDays;
    long orders = 0;
    for (int i = days.length - 1; i >= 0 && days[i] > gone && wanted > 0; i--) {
      orders += this.orders[i];
      if (orders >= wanted) {
        return expiry(i, windowDays);
      }
    }
    return Instants.FOREVER;
  }

  /** How many panes there are. */
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

  private static long expiry(long day, int windowDays) {
    return (day + windowDays) * Instants.DAY;
  }

  private long expiry(int index, int windowDays) {
    return expiry((long) days[index], windowDays);
  }

  /**
   * From the newest day back: most have few days in the window, and whoever asks reads them all.
   */
  private int firstIn(int windowDays, long at) {
    int gone = Instants.dayOf(at) - windowDays;
    int first = days.length;
    while (first > 0 && days[first - 1] > gone) {
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
