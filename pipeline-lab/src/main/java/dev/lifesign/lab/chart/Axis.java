package dev.lifesign.lab.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * An axis of numbers. Charts that are to be compared share one.
 *
 * @param title what it shows
 * @param from its first number
 * @param to its last number, more than the first
 * @param step the distance of its ticks
 * @param label a number as text
 */
public record Axis(
    String title, double from, double to, double step, DoubleFunction<String> label) {

  private static final int STEPS = 5;
  private static final double[] NICE = {1, 2, 5, 10};
  private static final double ROUNDING = 1e-9;

  /** An axis of shares, from 0 to 1. */
  public static Axis shares(String title, DoubleFunction<String> label) {
    return new Axis(title, 0, 1, 1.0 / STEPS, label);
  }

  /** An axis of counts, from 0 to a round number that is not below the greatest one. */
  public static Axis counts(String title, double most, DoubleFunction<String> label) {
    double power = Math.pow(10, Math.max(0, Math.floor(Math.log10(Math.max(1, most) / STEPS))));
    double step = power;
    for (double nice : NICE) {
      step = nice * power;
      if (step * STEPS >= most) {
        break;
      }
    }
    return new Axis(title, 0, Math.max(1, Math.ceil(most / step - ROUNDING)) * step, step, label);
  }

  /** The numbers at the ticks. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; from + i * step <= to + ROUNDING * step; i++) {
      ticks.add(from + i * step);
    }
    return ticks;
  }

  /** Where a number is, from 0 at the begin of the axis to 1 at its end. */
  double part(double number) {
    return (number - from) / (to - from);
  }
}
