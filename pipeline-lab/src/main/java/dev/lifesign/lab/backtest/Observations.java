package dev.lifesign.lab.backtest;

import dev.lifesign.domain.customer.Status;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Many {@link Observation}s, stored field by field to avoid an object for each. */
final class Observations {

  private static final int INITIAL_CAPACITY = 16;
  private static final Status[] STATUSES = Status.values();

  private int size;
  private byte[] statuses = new byte[INITIAL_CAPACITY];
  private double[] silentDays = new double[INITIAL_CAPACITY];
  private double[] urgencies = new double[INITIAL_CAPACITY];
  private double[] modelled = new double[INITIAL_CAPACITY];
  private long[] money = new long[INITIAL_CAPACITY];
  private double[] daysToReturn = new double[INITIAL_CAPACITY];

  void add(Observation each) {
    ensure(size + 1);
    statuses[size] = (byte) each.status().ordinal();
    silentDays[size] = each.silentDays();
    urgencies[size] = each.urgency();
    modelled[size] = each.modelled();
    money[size] = each.money();
    daysToReturn[size] = each.daysToReturn();
    size++;
  }

  void add(Observations other) {
    ensure(size + other.size);
    System.arraycopy(other.statuses, 0, statuses, size, other.size);
    System.arraycopy(other.silentDays, 0, silentDays, size, other.size);
    System.arraycopy(other.urgencies, 0, urgencies, size, other.size);
    System.arraycopy(other.modelled, 0, modelled, size, other.size);
    System.arraycopy(other.money, 0, money, size, other.size);
    System.arraycopy(other.daysToReturn, 0, daysToReturn, size, other.size);
    size += other.size;
  }

  private void ensure(int capacity) {
    if (capacity > statuses.length) {
      int length = Math.max(capacity, 2 * statuses.length);
      statuses = Arrays.copyOf(statuses, length);
      silentDays = Arrays.copyOf(silentDays, length);
      urgencies = Arrays.copyOf(urgencies, length);
      modelled = Arrays.copyOf(modelled, length);
      money = Arrays.copyOf(money, length);
      daysToReturn = Arrays.copyOf(daysToReturn, length);
    }
  }

  /** The number of observations. */
  int size() {
    return size;
  }

  /** The number of customers who came back. */
  long sizeBack() {
    return indexes().filter(this::cameBack).count();
  }

  /** The indexes of the observations. */
  IntStream indexes() {
    return IntStream.range(0, size);
  }

  /** As {@link Observation#status}. */
  Status status(int index) {
    return STATUSES[statuses[index]];
  }

  /** As {@link Observation#silentDays}. */
  double silentDays(int index) {
    return silentDays[index];
  }

  /** As {@link Observation#urgency}. */
  double urgency(int index) {
    return urgencies[index];
  }

  /** As {@link Observation#modelled}. */
  double modelled(int index) {
    return modelled[index];
  }

  /** As {@link Observation#money}. */
  long money(int index) {
    return money[index];
  }

  /** As {@link Observation#daysToReturn}. */
  double daysToReturn(int index) {
    return daysToReturn[index];
  }

  /** Whether the customer came back within the holdout. */
  boolean cameBack(int index) {
    return !Double.isNaN(daysToReturn[index]);
  }

  /** Whether the policy predicts that the customer is lost. */
  boolean flagged(int index) {
    Status status = status(index);
    return status == Status.AT_RISK || status == Status.DORMANT || status == Status.CHURNED;
  }

  /** The customers ranked by a number. */
  Ranking ranked(IntToDoubleFunction by) {
    return new Ranking(
        indexes().mapToDouble(by).toArray(),
        indexes().filter(this::cameBack).mapToDouble(by).toArray());
  }
}
