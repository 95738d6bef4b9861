package dev.lifesign.lab.backtest;

/**
 * What became of some customers in a holdout.
 *
 * @param lost how many did not come back
 * @param back how many came back
 * @param lostMoney net money, in the policy's window before the cutoff, of those who did not come
 *     back, minor units
 */
record Outcomes(long lost, long back, long lostMoney) {

  /** Nobody. */
  static final Outcomes NONE = new Outcomes(0, 0, 0);

  Outcomes plus(Outcomes other) {
    return new Outcomes(lost + other.lost, back + other.back, lostMoney + other.lostMoney);
  }

  /** The same customers, each counted so many times. */
  Outcomes times(int factor) {
    return new Outcomes(factor * lost, factor * back, factor * lostMoney);
  }

  /** The number of customers. */
  long size() {
    return lost + back;
  }
}
