package dev.lifesign.lab.backtest;

import dev.lifesign.domain.policy.RiskMethod;
import dev.lifesign.domain.time.LocalDays;
import dev.lifesign.lab.fit.Tracking;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The results of a backtest.
 *
 * @param history a sentence that describes the history
 * @param results one per policy: those given, then the tuned ones
 * @param recommendation the result of tuning
 * @param recommended the index of the recommended policy among the results
 * @param verdict the recommendation and its reason, in a sentence or two
 * @param tracking the tracking of the better purchase model, fitted to what was known at the last
 *     cutoff; empty if there is none
 * @param holdoutDays the length of a holdout, days
 * @param days numbers the days of the report
 * @param minorUnits minor units per major unit of the base currency
 */
public record BacktestReport(
    String history,
    List<PolicyResult> results,
    Recommendation recommendation,
    int recommended,
    String verdict,
    Optional<Tracking> tracking,
    int holdoutDays,
    LocalDays days,
    int minorUnits) {

  /** Keeps its own copy. */
  public BacktestReport {
    results = List.copyOf(results);
  }

  /** The name of the tuned policy. */
  public static String tunedName(RiskMethod method) {
    return "tuned: " + method.name().toLowerCase(Locale.ROOT);
  }

  /** The name of the policy with the tuned fixed threshold. */
  public static String fixedName(int days) {
    return "tuned: fixed P" + days + "D";
  }

  /**
   * Puts the report together.
   *
   * @param given how many of the results are for the policies that were given
   */
  static BacktestReport of(
      String history,
      List<PolicyResult> results,
      int given,
      Recommendation recommendation,
      Optional<Tracking> tracking,
      int holdoutDays,
      LocalDays days,
      int minorUnits) {
    int fixed = results.size() - 1;
    PolicyResult.Fold tuned = results.get(given).last();
    double tunedAccuracy = tuned.comparison().policy().accuracy();
    double fixedAccuracy = tuned.comparison().byThreshold().accuracy();
    String cutoff = LocalDate.ofEpochDay(days.dayOf(tuned.cutoff())).toString();
    boolean holds = tunedAccuracy >= fixedAccuracy;
    Confusion majority = tuned.comparison().byMajority();
    boolean useless = Math.max(tunedAccuracy, fixedAccuracy) <= majority.accuracy();
    String verdict =
        useless
            ? "No threshold says more than calling %s lost, which is right about %.1f %% of the customers at the cutoff of %s: keep what you have."
                .formatted(
                    majority.lostFlagged() > 0 ? "everybody" : "nobody",
                    100 * majority.accuracy(),
                    cutoff)
            : holds
                ? "Recommended: %s (%s). It is right about %.1f %% of the customers at the cutoff of %s; a fixed threshold tuned on the same history (%d days) is right about %.1f %%."
                    .formatted(
                        recommendation.method().name().toLowerCase(Locale.ROOT),
                        recommendation.tried().get(0).setting(),
                        100 * tunedAccuracy,
                        cutoff,
                        tuned.comparison().threshold(),
                        100 * fixedAccuracy)
                : "Recommended: a fixed threshold of %d days. The method that did best on the earlier history (%s: %s) is right about %.1f %% of the customers at the cutoff of %s, and the simpler threshold about %.1f %%."
                    .formatted(
                        recommendation.fixedDays(),
                        recommendation.method().name().toLowerCase(Locale.ROOT),
                        recommendation.tried().get(0).setting(),
                        100 * tunedAccuracy,
                        cutoff,
                        100 * fixedAccuracy);
    return new BacktestReport(
        history,
        results,
        recommendation,
        useless ? 0 : holds ? given : fixed,
        verdict,
        tracking,
        holdoutDays,
        days,
        minorUnits);
  }

  /** The text of the recommended policy. */
  public String recommendedPolicy() {
    if (recommended == 0) {
      return recommendation.givenPolicy();
    }
    return recommended == results.size() - 1
        ? recommendation.fixedPolicy()
        : recommendation.policy();
  }
}
