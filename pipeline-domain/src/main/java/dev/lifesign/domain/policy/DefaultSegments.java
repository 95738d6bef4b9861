package dev.lifesign.domain.policy;

import dev.lifesign.domain.policy.Policy.ScoreRange;
import dev.lifesign.domain.policy.Policy.SegmentRule;
import java.util.List;

/** The default segments by R and F (semantics, RFM). */
final class DefaultSegments {

  /** First match wins; every pair of scores has a match. */
  static final List<SegmentRule> TABLE =
      List.of(
          rule("Champions", 5, 5, 4, 5),
          rule("Loyalists", 3, 4, 4, 5),
          rule("Potential loyalists", 4, 5, 2, 3),
          rule("Newcomers", 5, 5, 1, 1),
          rule("Promising", 4, 4, 1, 1),
          rule("Needing attention", 3, 3, 3, 3),
          rule("About to sleep", 3, 3, 1, 2),
          rule("Slipping", 1, 2, 3, 4),
          rule("Can't lose", 1, 2, 5, 5),
          rule("Hibernating", 1, 2, 1, 2));

  private DefaultSegments() {}

  private static SegmentRule rule(String name, int fromR, int toR, int fromF, int toF) {
    return new SegmentRule(
        name, new ScoreRange(fromR, toR), new ScoreRange(fromF, toF), ScoreRange.ANY);
  }
}
