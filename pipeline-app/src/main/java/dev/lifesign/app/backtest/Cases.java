package dev.lifesign.app.backtest;

import dev.lifesign.core.customer.Status;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Many of {@link Case}, field by field, so that they are not as many objects. */
final class Cases {

  private static final int ROOM = 16;
  private static final Status[] STATUSES = Status.values();

  private int size;
  private byte[] statuses = new byte[ROOM];
  private double[] silentDays = new double[ROOM];
  private double[] urgencies = new double[ROOM];
  private double[] modelled = new double[ROOM];
  private long[] money = new long[ROOM];
  private double[] daysToReturn = new double[ROOM];

  void add(Case each) {
    ensure(size + 1);
    statuses[size] = (byte) each.status().ordinal();
    silentDays[size] = each.silentDays();
    urgencies[size] = each.urgency();
    modelled[size] = each.modelled();
    money[size] = each.money();
    daysToReturn[size] = each.daysToReturn();
    size++;
  }

  void add(Cases other) {
    ensure(size + other.size);
    System.arraycopy(other.statuses, 0, statuses, size, other.size);
    System.arraycopy(other.silentDays, 0, silentDays, size, other.size);
    System.arraycopy(other.urgencies, 0, urgencies, size, other.size);
    System.arraycopy(other.modelled, 0, modelled, size, other.size);
    System.arraycopy(other.money, 0, money, size, other.size);
    System.arraycopy(other.daysToReturn, 0, daysToReturn, size, other.size);
    size += other.size;
  }

  private void ensure(int room) {
    if (room > statuses.length) {
      int length = Math.max(room, 2 * statuses.length);
      statuses = Arrays.copyOf(statuses, length);
      silentDays = Arrays.copyOf(silentDays, length);
      urgencies = Arrays.copyOf(urgencies, length);
      modelled = Arrays.copyOf(modelled, length);
      money = Arrays.copyOf(money, length);
      daysToReturn = Arrays.copyOf(daysToReturn, length);
    }
  }

  /** How many. */
  int size() {
    return size;
  }

  /** How many came back. */
  long sizeBack() {
    return places().filter(this::back).count();
  }

  /** Their places. */
  IntStream places() {
    return IntStream.range(0, size);
  }

  /** What the policy says of the one at a place. */
  Status status(int place) {
    return STATUSES[statuses[place]];
  }

  /** As {@link Case#silentDays}. */
  double silentDays(int place) {
    return silentDays[place];
  }

  /** As {@link Case#urgency}. */
  double urgency(int place) {
    return urgencies[place];
  }

  /** As {@link Case#modelled}. */
  double modelled(int place) {
    return modelled[place];
  }

  /** As {@link Case#money}. */
  long money(int place) {
    return money[place];
  }

  /** As {@link Case#daysToReturn}. */
  double daysToReturn(int place) {
    return daysToReturn[place];
  }

  /** Whether the customer came back within the holdout. */
  boolean back(int place) {
    return !Double.isNaN(daysToReturn[place]);
  }

  /** Whether the policy says that the customer is about to be lost, or is. */
  boolean flagged(int place) {
    Status status = status(place);
    return status == Status.AT_RISK || status == Status.DORMANT || status == Status.CHURNED;
  }

  /** The customers in the order of a number of each. */
  Ranking ranked(IntToDoubleFunction by) {
    return new Ranking(
        places().mapToDouble(by).toArray(), places().filter(this::back).mapToDouble(by).toArray());
  }
}
