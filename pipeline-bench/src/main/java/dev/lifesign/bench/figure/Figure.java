package dev.lifesign.bench.figure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A figure of the report: its samples, one per round, and its goal.
 *
 * @param name short, for a table
 * @param meaning a sentence
 * @param unit the unit of the samples; {@code ratio} if they have none
 * @param goal what the median should reach or not exceed; empty if the figure has no goal
 * @param atLeast whether the goal is a minimum rather than a maximum
 * @param samples at least one
 */
public record Figure(
    String name,
    String meaning,
    String unit,
    OptionalDouble goal,
    boolean atLeast,
    List<Double> samples) {

  /** A figure with a minimum, as a ratio. */
  public static Figure atLeast(String name, String meaning, double goal, List<Double> samples) {
    return atLeast(name, meaning, "ratio", goal, samples);
  }

  /** A figure with a minimum, in a unit. */
  public static Figure atLeast(
      String name, String meaning, String unit, double goal, List<Double> samples) {
    return new Figure(name, meaning, unit, OptionalDouble.of(goal), true, samples);
  }

  /** A figure with a maximum. */
  public static Figure atMost(
      String name, String meaning, String unit, double goal, List<Double> samples) {
    return new Figure(name, meaning, unit, OptionalDouble.of(goal), false, samples);
  }

  /** A figure without a goal. */
  public static Figure told(String name, String meaning, String unit, List<Double> samples) {
    return new Figure(name, meaning, unit, OptionalDouble.empty(), true, samples);
  }

  /** The median of the samples. */
  public double median() {
    double[] sorted = sorted();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The least sample. */
  public double min() {
    return sorted()[0];
  }

  /** The greatest sample. */
  public double max() {
    return sorted()[samples.size() - 1];
  }

  /** Whether the median meets the goal; true if there is no goal. */
  public boolean met() {
    return goal.isEmpty()
        || (atLeast ? median() >= goal.getAsDouble() : median() <= goal.getAsDouble());
  }

  /** The goal as text; a dash if there is none. */
  public String goalText() {
    return goal.isEmpty() ? "–" : (atLeast ? "≥ " : "≤ ") + text(goal.getAsDouble());
  }

  /** Formats a number with its significant digits. */
  public static String text(double value) {
    if (Math.abs(value) >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : "%.3f", value);
  }

  private double[] sorted() {
    double[] sorted = samples.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }
}
