package dev.lifesign.lab.backtest;

import dev.lifesign.domain.policy.RiskMethod;
import java.util.List;

/**
 * The best risk method for a history: tuned at the last cutoff but one, with what was known at the
 * last.
 *
 * @param givenPolicy the text of the policy that tuning began with
 * @param method the one that was right about the most customers
 * @param policy the text of a policy with that method
 * @param fixedDays the best fixed threshold
 * @param fixedPolicy the text of a policy with that threshold
 * @param tried every method tried, the best first
 */
public record Recommendation(
    String givenPolicy,
    RiskMethod method,
    String policy,
    int fixedDays,
    String fixedPolicy,
    List<Tried> tried) {

  /** Keeps its own copy. */
  public Recommendation {
    tried = List.copyOf(tried);
  }

  /**
   * A method at its best setting.
   *
   * @param method the method
   * @param setting what it was tuned to
   * @param accuracy the share of right predictions where it was tuned
   */
  public record Tried(RiskMethod method, String setting, double accuracy) {}
}
