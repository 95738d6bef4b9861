package dev.lifesign.app.backtest;

import dev.lifesign.app.fit.Tracking;
import dev.lifesign.core.policy.RiskMethod;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * All that a backtest found.
 *
 * @param history what was played, in a sentence
 * @param results of the policies: those given, then the tuned ones
 * @param recommendation what tuning says
 * @param recommended the place of the policy that is recommended among the results
 * @param verdict why, in a sentence or two
 * @param tracking of the better purchase model, fitted to what was known at the last cut; empty
 *     where there is none
 * @param holdoutDays how long a holdout is
 * @param minorUnits of a major unit of the base currency
 */
public record BacktestReport(
    String history,
    List<PolicyResult> results,
    Recommendation recommendation,
    int recommended,
    String verdict,
    Optional<Tracking> tracking,
    int holdoutDays,
    int minorUnits) {

  /** Keeps its own copy. */
  public BacktestReport {
    results = List.copyOf(results);
  }

  /** The name under which the tuned policy is played. */
  public static String tunedName(RiskMethod method) {
    return "tuned: " + method.name().toLowerCase(Locale.ROOT);
  }

  /** The name under which the tuned fixed threshold is played. */
  public static String fixedName(int days) {
    return "tuned: fixed P" + days + "D";
  }

  /**
   * The report.
   *
   * @param given how many of the results are of policies that were given
   */
  static BacktestReport of(
      String history,
      List<PolicyResult> results,
      int given,
      Recommendation recommendation,
      Optional<Tracking> tracking,
      int holdoutDays,
      int minorUnits) {
    int fixed = results.size() - 1;
    PolicyResult.Fold tuned = results.get(given).last();
    double own = tuned.confusion().accuracy();
    double threshold = tuned.byThreshold().accuracy();
    String cut = LocalDate.ofEpochDay(Math.floorDiv(tuned.cut(), 86_400_000L)).toString();
    boolean holds = own >= threshold;
    String verdict =
        holds
            ? "Recommended: %s (%s). It calls %.1f %% of the customers of %s rightly; a fixed threshold tuned on the same history (%d days), %.1f %%."
                .formatted(
                    recommendation.method().name().toLowerCase(Locale.ROOT),
                    recommendation.tried().get(0).setting(),
                    100 * own,
                    cut,
                    tuned.threshold(),
                    100 * threshold)
            : "Recommended: a fixed threshold of %d days. The method that looked best on the history before (%s, %s) calls %.1f %% of the customers of %s rightly, and the threshold %.1f %%: what is simpler is not worse here."
                .formatted(
                    recommendation.fixedDays(),
                    recommendation.method().name().toLowerCase(Locale.ROOT),
                    recommendation.tried().get(0).setting(),
                    100 * own,
                    cut,
                    100 * threshold);
    return new BacktestReport(
        history,
        results,
        recommendation,
        holds ? given : fixed,
        verdict,
        tracking,
        holdoutDays,
        minorUnits);
  }

  /** The text of the policy that is recommended. */
  public String recommendedPolicy() {
    return recommended == results.size() - 1
        ? recommendation.fixedPolicy()
        : recommendation.policy();
  }
}
