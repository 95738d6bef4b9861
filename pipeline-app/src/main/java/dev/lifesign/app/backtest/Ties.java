package dev.lifesign.app.backtest;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Customers who cannot be told apart, so that their order, which says nothing, changes nothing. */
final class Ties {

  private Ties() {}

  /**
   * For each of a sorted list, the share that came back of those who stand where it stands.
   *
   * @param by what the list is sorted by
   */
  static <T> double[] back(List<T> sorted, ToDoubleFunction<T> by, Predicate<T> back) {
    double[] shares = new double[sorted.size()];
    for (int from = 0; from < shares.length; ) {
      double value = by.applyAsDouble(sorted.get(from));
      int to = from;
      int came = 0;
      while (to < shares.length && Double.compare(by.applyAsDouble(sorted.get(to)), value) == 0) {
        came += back.test(sorted.get(to)) ? 1 : 0;
        to++;
      }
      Arrays.fill(shares, from, to, came / (double) (to - from));
      from = to;
    }
    return shares;
  }
}
