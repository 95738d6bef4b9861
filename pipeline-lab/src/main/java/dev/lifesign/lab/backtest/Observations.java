package dev.lifesign.lab.backtest;

import dev.lifesign.domain.status.Status;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Many {@link Observation}s, stored field by field to avoid an object for each. */
final class Observations {

  /**
   * Customers are divided over this many groups by a hash. Sums by group are enough for a bootstrap
   * that draws customers.
   */
  static final int GROUPS = 1_000;

  private static final int INITIAL_CAPACITY = 16;
  private static final Status[] STATUSES = Status.values();

  private int size;
  private byte[] statuses = new byte[INITIAL_CAPACITY];
  private double[] silentDays = new double[INITIAL_CAPACITY];
  private double[] urgencies = new double[INITIAL_CAPACITY];
  private double[] modelled = new double[INITIAL_CAPACITY];
  private long[] money = new long[INITIAL_CAPACITY];
  private double[] daysToReturn = new double[INITIAL_CAPACITY];

  /** What a rule of silence reads; no such rule decides where the purchase days are negative. */
  private long[] nows = new long[INITIAL_CAPACITY];

  private long[] sinces = new long[INITIAL_CAPACITY];
  private int[] purchaseDays = new int[INITIAL_CAPACITY];
  private int[] firstDays = new int[INITIAL_CAPACITY];
  private int[] lastDays = new int[INITIAL_CAPACITY];
  private short[] groups = new short[INITIAL_CAPACITY];

  void add(Observation each) {
    ensure(size + 1);
    statuses[size] = (byte) each.status().ordinal();
    silentDays[size] = each.silentDays();
    urgencies[size] = each.urgency();
    modelled[size] = each.modelled();
    money[size] = each.money();
    daysToReturn[size] = each.daysToReturn();
    nows[size] = each.silent().map(Silent::now).orElse(0L);
    sinces[size] = each.silent().map(Silent::since).orElse(0L);
    purchaseDays[size] = each.silent().map(Silent::days).orElse(-1);
    firstDays[size] = each.silent().map(Silent::first).orElse(0);
    lastDays[size] = each.silent().map(Silent::last).orElse(0);
    groups[size] = (short) each.group();
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
    System.arraycopy(other.nows, 0, nows, size, other.size);
    System.arraycopy(other.sinces, 0, sinces, size, other.size);
    System.arraycopy(other.purchaseDays, 0, purchaseDays, size, other.size);
    System.arraycopy(other.firstDays, 0, firstDays, size, other.size);
    System.arraycopy(other.lastDays, 0, lastDays, size, other.size);
    System.arraycopy(other.groups, 0, groups, size, other.size);
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
      nows = Arrays.copyOf(nows, length);
      sinces = Arrays.copyOf(sinces, length);
      purchaseDays = Arrays.copyOf(purchaseDays, length);
      firstDays = Arrays.copyOf(firstDays, length);
      lastDays = Arrays.copyOf(lastDays, length);
      groups = Arrays.copyOf(groups, length);
    }
  }

  /** The number of observations. */
  int size() {
    return size;
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
    return isLost(status(index));
  }

  /** Whether a status predicts that a customer is lost. */
  static boolean isLost(Status status) {
    return status == Status.AT_RISK || status == Status.DORMANT || status == Status.CHURNED;
  }

  /** Whether a rule of silence decides the customer's status. */
  boolean isSilenceDecisive(int index) {
    return purchaseDays[index] >= 0;
  }

  /** What a rule of silence reads, where it decides. */
  Silent silent(int index) {
    return new Silent(
        nows[index], sinces[index], purchaseDays[index], firstDays[index], lastDays[index]);
  }

  /** As {@link Observation#group}. */
  int group(int index) {
    return groups[index];
  }

  /** What became of one customer. */
  Outcomes outcome(int index) {
    return cameBack(index) ? new Outcomes(0, 1, 0) : new Outcomes(1, 0, money(index));
  }

  /** What became of all customers. */
  Outcomes outcomes() {
    Outcomes all = Outcomes.NONE;
    for (int i = 0; i < size; i++) {
      all = all.plus(outcome(i));
    }
    return all;
  }

  /** The customers ranked by a number. */
  Ranking ranked(IntToDoubleFunction by) {
    return new Ranking(
        indexes().mapToDouble(by).toArray(),
        indexes().filter(this::cameBack).mapToDouble(by).toArray());
  }
}
