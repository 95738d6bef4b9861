package dev.lifesign.lab.backtest;

import java.util.Arrays;

/**
 * Customers' numbers in ascending order, and those of the customers who came back. Customers with
 * the same number are not distinguished, so the order in which they were given has no effect.
 */
final class Ranking {

  private final double[] all;
  private final double[] back;

  /**
   * A ranking.
   *
   * @param all one number per customer; the ranking takes ownership and sorts them
   * @param back the numbers of the customers who came back; the same applies
   */
  Ranking(double[] all, double[] back) {
    this.all = all;
    this.back = back;
    Arrays.sort(all);
    Arrays.sort(back);
  }

  /** Receives customers with the same number. */
  interface GroupConsumer {
    /**
     * Receives a group.
     *
     * @param from the index of the first
     * @param to the index after the last
     * @param back how many of them came back
     */
    void accept(int from, int to, int back);
  }

  /** Passes on the customers in ascending order, those with the same number together. */
  void groups(GroupConsumer consumer) {
    int came = 0;
    for (int from = 0; from < all.length; ) {
      double value = all[from];
      int to = from;
      while (to < all.length && Double.compare(all[to], value) == 0) {
        to++;
      }
      int first = came;
      while (came < back.length && Double.compare(back[came], value) == 0) {
        came++;
      }
      consumer.accept(from, to, came - first);
      from = to;
    }
  }

  /** For each index, the share that came back among the customers with the number at that index. */
  double[] shares() {
    double[] shares = new double[all.length];
    groups((from, to, came) -> Arrays.fill(shares, from, to, came / (double) (to - from)));
    return shares;
  }

  /** The number of customers. */
  int size() {
    return all.length;
  }

  /** The number of customers who came back. */
  int sizeBack() {
    return back.length;
  }

  /** The number at an index. */
  double value(int index) {
    return all[index];
  }

  /** The mean of the numbers from {@code from} to before {@code to}, at least one. */
  double mean(int from, int to) {
    return Arrays.stream(all, from, to).average().orElseThrow();
  }

  /** How many numbers are below a value. */
  int below(double value) {
    int low = 0;
    int high = all.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (all[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
