package dev.lifesign.domain.scoring;

import java.util.Arrays;
import java.util.List;

/**
 * The four cut points of a population at its 20th, 40th, 60th and 80th percentile (nearest rank),
 * each with the values two hundredths of the population below and above it. Between these two, a
 * customer whose own value is unchanged keeps its score, so that scores do not flicker when others
 * buy. Immutable.
 */
public final class Quintiles {

  /** The number of cut points. */
  public static final int CUTS = 4;

  private final long[] below;
  private final long[] at;
  private final long[] above;

  /**
   * Keeps its own copies.
   *
   * @param below at 18, 38, 58 and 78 percent
   * @param at at 20, 40, 60 and 80 percent
   * @param above at 22, 42, 62 and 82 percent
   * @throws IllegalArgumentException if there are not four of each
   */
  public Quintiles(List<Long> below, List<Long> at, List<Long> above) {
    if (below.size() != CUTS || at.size() != CUTS || above.size() != CUTS) {
      throw new IllegalArgumentException(
          "Expected four cut points and four on each side, but they are %s, %s and %s"
              .formatted(below, at, above));
    }
    this.below = values(below);
    this.at = values(at);
    this.above = values(above);
  }

  private static long[] values(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  /** At 18, 38, 58 and 78 percent. */
  public List<Long> below() {
    return list(below);
  }

  /** At 20, 40, 60 and 80 percent. */
  public List<Long> at() {
    return list(at);
  }

  /** At 22, 42, 62 and 82 percent. */
  public List<Long> above() {
    return list(above);
  }

  private static List<Long> list(long[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** The score of a value: 1 plus the number of cut points below it. */
  int score(long value) {
    return 1 + less(at, value);
  }

  /** Whether a value that has not changed since it was scored keeps that score. */
  boolean holds(long value, int score) {
    return (score == 1 || below[score - 2] < value) && (score > CUTS || value <= above[score - 1]);
  }

  /**
   * The score of a value that has not changed since it was scored: the old score while a cut point
   * is near.
   */
  int scoreHeld(long value, int before) {
    int least = 1 + less(above, value);
    int most = 1 + less(below, value);
    return Math.max(least, Math.min(most, before));
  }

  private static int less(long[] cuts, long value) {
    int count = 0;
    while (count < CUTS && cuts[count] < value) {
      count++;
    }
    return count;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Quintiles quintiles
        && Arrays.equals(below, quintiles.below)
        && Arrays.equals(at, quintiles.at)
        && Arrays.equals(above, quintiles.above);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(below) + Arrays.hashCode(at)) + Arrays.hashCode(above);
  }

  @Override
  public String toString() {
    return "%s, held from %s to %s".formatted(at(), below(), above());
  }
}
