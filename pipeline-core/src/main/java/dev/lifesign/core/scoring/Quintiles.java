package dev.lifesign.core.scoring;

import java.util.List;

/**
 * The four cut points of a population at its 20th, 40th, 60th and 80th percentile (nearest rank),
 * and beside each the values two hundredths of the population below and above it. A customer whom
 * others have moved keeps its score between these two, so that nobody flickers of what somebody
 * else bought.
 *
 * @param below at 18, 38, 58 and 78 percent
 * @param at at 20, 40, 60 and 80 percent
 * @param above at 22, 42, 62 and 82 percent
 */
public record Quintiles(List<Long> below, List<Long> at, List<Long> above) {

  /** How many cut points. */
  public static final int CUTS = 4;

  /**
   * Keeps its own copies.
   *
   * @throws IllegalArgumentException if there are not four of each
   */
  public Quintiles {
    below = List.copyOf(below);
    at = List.copyOf(at);
    above = List.copyOf(above);
    if (below.size() != CUTS || at.size() != CUTS || above.size() != CUTS) {
      throw new IllegalArgumentException(
          "Expected four cut points and four on each side, but they are %s, %s and %s"
              .formatted(below, at, above));
    }
  }

  /** The score of a value: 1 and the number of cut points below it. */
  int score(long value) {
    return 1 + FixedCuts.below(at, value);
  }

  /** Whether a value that has not changed since it was scored keeps that score. */
  boolean holds(long value, int score) {
    return (score == 1 || below.get(score - 2) < value)
        && (score > CUTS || value <= above.get(score - 1));
  }

  /** The score of a value that has not changed since it was scored: held while it is near. */
  int scoreHeld(long value, int before) {
    int least = 1 + FixedCuts.below(above, value);
    int most = 1 + FixedCuts.below(below, value);
    return Math.max(least, Math.min(most, before));
  }
}
