package dev.lifesign.app.backtest;

/**
 * How often somebody was called lost, and was.
 *
 * @param lostFlagged called lost, and did not come back
 * @param backFlagged called lost, and came back
 * @param lostUnflagged not called lost, and did not come back
 * @param backUnflagged not called lost, and came back
 */
public record Confusion(
    long lostFlagged, long backFlagged, long lostUnflagged, long backUnflagged) {

  /** Nobody yet. */
  static final Confusion NONE = new Confusion(0, 0, 0, 0);

  Confusion plus(boolean flagged, boolean back) {
    return new Confusion(
        lostFlagged + (flagged && !back ? 1 : 0),
        backFlagged + (flagged && back ? 1 : 0),
        lostUnflagged + (!flagged && !back ? 1 : 0),
        backUnflagged + (!flagged && back ? 1 : 0));
  }

  /** Everybody. */
  public long all() {
    return lostFlagged + backFlagged + lostUnflagged + backUnflagged;
  }

  /** Share called rightly. */
  public double accuracy() {
    return share(lostFlagged + backUnflagged, all());
  }

  /** Of those called lost, the share that was. */
  public double precision() {
    return share(lostFlagged, lostFlagged + backFlagged);
  }

  /** Of those lost, the share called so. */
  public double recall() {
    return share(lostFlagged, lostFlagged + lostUnflagged);
  }

  /** Harmonic mean of precision and recall. */
  public double f1() {
    return share(2 * lostFlagged, 2 * lostFlagged + backFlagged + lostUnflagged);
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : part / (double) whole;
  }
}
