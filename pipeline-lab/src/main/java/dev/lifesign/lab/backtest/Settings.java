package dev.lifesign.lab.backtest;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The settings of a risk method, in an order in which each puts more customers at risk. */
final class Settings {

  private final double[] values;

  private Settings(double[] values) {
    this.values = values;
  }

  /** These settings, in their order. */
  static Settings of(double... values) {
    return new Settings(values.clone());
  }

  /** The hundredths from 0.01 to 0.99. */
  static Settings hundredths() {
    return new Settings(IntStream.rangeClosed(1, 99).mapToDouble(i -> i / 100.0).toArray());
  }

  int size() {
    return values.length;
  }

  double at(int setting) {
    return values[setting];
  }

  /** The first of ascending settings that is at least a value; {@link #size} if none is. */
  int atLeast(double value) {
    int found = Arrays.binarySearch(values, value);
    return found >= 0 ? found : -found - 1;
  }
}
