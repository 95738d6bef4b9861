package dev.lifesign.lab.backtest;

import java.util.OptionalDouble;

/**
 * What a recommendation must keep to.
 *
 * @param minDays nobody is at risk after a shorter silence; nor after less than half of the typical
 *     gap
 * @param alertsPerWeek the most alerts per week; empty for any number
 */
public record Limits(int minDays, OptionalDouble alertsPerWeek) {

  /** A week of silence, and any number of alerts. */
  public static final Limits DEFAULT = new Limits(7, OptionalDouble.empty());
}
