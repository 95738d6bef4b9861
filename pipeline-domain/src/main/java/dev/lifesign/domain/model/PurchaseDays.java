package dev.lifesign.domain.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * One customer's purchase days, with the money spent on each: the data that models are fitted to
 * and judged by. Days are counted from 1970-01-01 or any other day; purchases on the same day count
 * as one.
 */
public final class PurchaseDays {

  private static final int USUAL_CAPACITY = 2;

  private int[] days;
  private long[] money;
  private int size;

  /** No purchases yet. */
  public PurchaseDays() {
    this(USUAL_CAPACITY);
  }

  /**
   * No purchases yet.
   *
   * @param capacity the initial capacity in days, 1 or more
   */
  public PurchaseDays(int capacity) {
    days = new int[capacity];
    money = new long[capacity];
  }

  /** The same days and money, to be changed on their own. */
  public PurchaseDays copy() {
    PurchaseDays copy = new PurchaseDays(days.length);
    System.arraycopy(days, 0, copy.days, 0, size);
    System.arraycopy(money, 0, copy.money, 0, size);
    copy.size = size;
    return copy;
  }

  /** Adds a purchase, in any order. */
  public void add(int day, long amount) {
    int found = Arrays.binarySearch(days, 0, size, day);
    if (found >= 0) {
      money[found] += amount;
      return;
    }
    int at = -found - 1;
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

  /**
   * Subtracts money from the last purchase day at or before a day; does nothing if there is none.
   * For a result that does not depend on the order, add all purchases first.
   */
  public void refund(int day, long amount) {
    int known = until(day);
    if (known > 0) {
      money[known - 1] -= amount;
    }
  }

  /** The number of days. */
  public int size() {
    return size;
  }

  /** The i-th day. */
  public int day(int i) {
    return days[i];
  }

  /** The number of purchase days at or before a day. */
  public int until(int day) {
    int found = Arrays.binarySearch(days, 0, size, day);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /**
   * The input to a model as of the end of a day; empty if the first purchase came later.
   *
   * @param unit days in the model's unit of time
   */
  public Optional<Purchases> purchases(int end, double unit) {
    return purchases(end, day -> day).map(p -> scaled(p, unit));
  }

  /**
   * The same in periods, where purchases in the same period count as one.
   *
   * @param period maps a day to the number of its period
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

  /** Mean money of the days after {@code after} and up to {@code end}; 0 if there are none. */
  public double mean(int after, int end) {
    int from = until(after);
    int to = until(end);
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += money[i];
    }
    return to <= from ? 0 : sum / (double) (to - from);
  }

  /** Money of all days up to {@code end}. */
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
