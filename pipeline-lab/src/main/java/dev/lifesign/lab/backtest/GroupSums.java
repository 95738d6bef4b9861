package dev.lifesign.lab.backtest;

import java.util.function.IntPredicate;

/** What became of some customers at a cutoff, summed by group (see {@link Observations#GROUPS}). */
public final class GroupSums {

  private final long[] lost = new long[Observations.GROUPS];
  private final long[] back = new long[Observations.GROUPS];
  private final long[] lostMoney = new long[Observations.GROUPS];

  private GroupSums() {}

  /**
   * The sums.
   *
   * @param included by the index of an observation
   */
  static GroupSums of(Observations customers, IntPredicate included) {
    GroupSums sums = new GroupSums();
    for (int i = 0; i < customers.size(); i++) {
      if (included.test(i)) {
        int group = customers.group(i);
        if (customers.cameBack(i)) {
          sums.back[group]++;
        } else {
          sums.lost[group]++;
          sums.lostMoney[group] += customers.money(i);
        }
      }
    }
    return sums;
  }

  /** The sum over the groups, each counted so many times. */
  Outcomes weighted(int[] times) {
    long l = 0;
    long b = 0;
    long m = 0;
    for (int group = 0; group < times.length; group++) {
      l += times[group] * lost[group];
      b += times[group] * back[group];
      m += times[group] * lostMoney[group];
    }
    return new Outcomes(l, b, m);
  }

  /** The sum over all groups. */
  Outcomes total() {
    long l = 0;
    long b = 0;
    long m = 0;
    for (int group = 0; group < lost.length; group++) {
      l += lost[group];
      b += back[group];
      m += lostMoney[group];
    }
    return new Outcomes(l, b, m);
  }
}
