package dev.lifesign.lab.backtest;

/**
 * The confusion matrix of predicting that customers are lost.
 *
 * @param lostFlagged predicted lost, and did not come back
 * @param backFlagged predicted lost, but came back
 * @param lostUnflagged not predicted lost, but did not come back
 * @param backUnflagged not predicted lost, and came back; shares of nobody are NaN
 */
public record Confusion(
    long lostFlagged, long backFlagged, long lostUnflagged, long backUnflagged) {

  /**
   * The matrix of some predictions.
   *
   * @param flagged the customers predicted lost
   * @param all all customers
   */
  static Confusion of(Outcomes flagged, Outcomes all) {
    return new Confusion(
        flagged.lost(), flagged.back(), all.lost() - flagged.lost(), all.back() - flagged.back());
  }

  /** The number predicted lost. */
  public long flagged() {
    return lostFlagged + backFlagged;
  }

  /** Of those who came back, the share that was not predicted lost. */
  public double spared() {
    return share(backUnflagged, backFlagged + backUnflagged);
  }

  /** All customers. */
  public long all() {
    return lostFlagged + backFlagged + lostUnflagged + backUnflagged;
  }

  /** The share of right predictions. */
  public double accuracy() {
    return share(lostFlagged + backUnflagged, all());
  }

  /** Of those predicted lost, the share that was. */
  public double precision() {
    return share(lostFlagged, lostFlagged + backFlagged);
  }

  /** Of those lost, the share that was predicted lost. */
  public double recall() {
    return share(lostFlagged, lostFlagged + lostUnflagged);
  }

  /** The harmonic mean of precision and recall. */
  public double f1() {
    return share(2 * lostFlagged, 2 * lostFlagged + backFlagged + lostUnflagged);
  }

  private static double share(long part, long whole) {
    return whole == 0 ? Double.NaN : part / (double) whole;
  }
}
