package dev.lifesign.domain.scoring;

import java.util.Optional;

/** What the company loses if a customer leaves (semantics, Alerts). */
public final class ValueAtStake {

  private ValueAtStake() {}

  /**
   * The larger of what a customer who stays is expected to be worth and of what this one has been
   * worth in the window; the latter where there is no prediction. Not below 0, rounded half-even to
   * minor units of the base currency.
   *
   * @param prediction the predictions of the policy's models, if it has any
   * @param netInWindow net money in rfm.window, minor units of the base currency
   */
  public static long of(Optional<Prediction> prediction, long netInWindow) {
    long known = Math.max(0, netInWindow);
    if (prediction.isEmpty() || !(prediction.get().alive() > 0)) {
      return known;
    }
    double ifStaying = prediction.get().value() / prediction.get().alive();
    return Math.max(known, (long) Math.rint(ifStaying));
  }
}
