package dev.lifesign.app.backtest;

import java.util.Arrays;

/**
 * Numbers of customers in ascending order, and which of them belong to customers who came back.
 * Customers with the same number cannot be told apart, so that the order in which they were given,
 * which says nothing, changes nothing.
 */
final class Ranking {

  private final double[] all;
  private final double[] back;

  /**
   * A ranking.
   *
   * @param all one for each customer; they are the ranking's from now on, and sorted
   * @param back those of the customers who came back; so are they
   */
  Ranking(double[] all, double[] back) {
    this.all = all;
    this.back = back;
    Arrays.sort(all);
    Arrays.sort(back);
  }

  /** Takes customers with the same number. */
  interface Taker {
    /**
     * Takes some.
     *
     * @param from the place of the first
     * @param to behind the last
     * @param back how many of them came back
     */
    void take(int from, int to, int back);
  }

  /** Gives the customers, those with the same number together, in ascending order. */
  void groups(Taker taker) {
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
      taker.take(from, to, came - first);
      from = to;
    }
  }

  /** For each place, the share that came back of those who stand there or might as well. */
  double[] shares() {
    double[] shares = new double[all.length];
    groups((from, to, came) -> Arrays.fill(shares, from, to, came / (double) (to - from)));
    return shares;
  }

  /** How many customers. */
  int size() {
    return all.length;
  }

  /** How many of them came back. */
  int sizeBack() {
    return back.length;
  }

  /** The number at a place. */
  double value(int place) {
    return all[place];
  }

  /** The number of the one at a place among those who came back. */
  double valueBack(int place) {
    return back[place];
  }

  /** Mean of the numbers from one place up to another; there is one at least. */
  double mean(int from, int to) {
    return Arrays.stream(all, from, to).average().orElseThrow();
  }

  /** How many are below a number. */
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
