package dev.lifesign.core.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * The purchase days of one customer, with what was spent on each: what the models are fitted to and
 * judged by. Days are numbers, of 1970-01-01 or any other beginning; purchases of a day are one.
 */
public final class PurchaseDays {

  private static final int USUAL_ROOM = 2;

  private int[] days;
  private long[] money;
  private int size;

  /** None yet. */
  public PurchaseDays() {
    this(USUAL_ROOM);
  }

  /**
   * None yet.
   *
   * @param room for how many there is some at first, 1 or more
   */
  public PurchaseDays(int room) {
    days = new int[room];
    money = new long[room];
  }

  /** Adds a purchase, in any order. */
  public void add(int day, long amount) {
    int place = Arrays.binarySearch(days, 0, size, day);
    if (place >= 0) {
      money[place] += amount;
      return;
    }
    int at = -place - 1;
    if (size == days.length) {
      days = Arrays.copyOf(days, 2 * size);
      money = Arrays.copyOf(money, 2 * size);
    }
    System.arraycopy(days, at, days, at + 1, size - at);
    System.arraycopy(money, at, money, at + 1, size - at);
    days[at] = day;
    money[at] = amount;
    size++;
  }

  /** Takes money off the last purchase day at or before a day; off none if there is none. */
  public void refund(int day, long amount) {
    int known = until(day);
    if (known > 0) {
      money[known - 1] -= amount;
    }
  }

  /** How many days. */
  public int size() {
    return size;
  }

  /** The i-th day. */
  public int day(int i) {
    return days[i];
  }

  /** How many of the days are not after a day. */
  public int until(int day) {
    int place = Arrays.binarySearch(days, 0, size, day);
    return place >= 0 ? place + 1 : -place - 1;
  }

  /**
   * What a model knows at the end of a day: empty if the first purchase came later.
   *
   * @param unit days in the model's unit of time
   */
  public Optional<Purchases> purchases(int end, double unit) {
    return purchases(end, day -> day).map(p -> scaled(p, unit));
  }

  /**
   * The same with purchases of a period counted as one, in periods.
   *
   * @param period the number of the period of a day
   */
  public Optional<Purchases> purchases(int end, IntUnaryOperator period) {
    int known = until(end);
    if (known == 0) {
      return Optional.empty();
    }
    int first = period.applyAsInt(days[0]);
    int last = first;
    long distinct = 1;
    for (int i = 1; i < known; i++) {
      int now = period.applyAsInt(days[i]);
      distinct += now == last ? 0 : 1;
      last = now;
    }
    return Optional.of(new Purchases(distinct - 1, last - first, period.applyAsInt(end) - first));
  }

  /** Mean money of the days after one and up to another; 0 if there are none. */
  public double mean(int after, int end) {
    int from = until(after);
    int to = until(end);
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += money[i];
    }
    return to <= from ? 0 : sum / (double) (to - from);
  }

  /** Money of all days up to one. */
  public long spent(int end) {
    long sum = 0;
    for (int i = 0; i < until(end); i++) {
      sum += money[i];
    }
    return sum;
  }

  private static Purchases scaled(Purchases days, double unit) {
    return new Purchases(days.repeats(), days.last() / unit, days.age() / unit);
  }
}
