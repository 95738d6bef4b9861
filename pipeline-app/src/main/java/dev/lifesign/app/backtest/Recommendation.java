package dev.lifesign.app.backtest;

import dev.lifesign.core.policy.RiskMethod;
import java.util.List;

/**
 * What a history says of the risk methods: tuned at the last cut but one, on what was known by the
 * last.
 *
 * @param method the one that called the most customers rightly
 * @param policy the text of a policy with it
 * @param fixedDays the best fixed threshold
 * @param fixedPolicy the text of a policy with that
 * @param tried every method that was tried, the best first
 */
public record Recommendation(
    RiskMethod method, String policy, int fixedDays, String fixedPolicy, List<Tried> tried) {

  /** Keeps its own copy. */
  public Recommendation {
    tried = List.copyOf(tried);
  }

  /**
   * A method at its best.
   *
   * @param method the method
   * @param setting what it was tuned to
   * @param accuracy share called rightly where it was tuned
   */
  public record Tried(RiskMethod method, String setting, double accuracy) {}
}
