package dev.lifesign.lab.backtest;

import java.util.OptionalDouble;

/**
 * What a recommendation must keep to.
 *
 * @param minDays nobody is at risk after a shorter silence; nor after less than half of the typical
 *     gap
 * @param notificationsPerWeek how often people may be told something per week at most; empty for
 *     any number
 */
public record Limits(int minDays, OptionalDouble notificationsPerWeek) {

  /** A week of silence, and any number of notifications. */
  public static final Limits DEFAULT = new Limits(7, OptionalDouble.empty());
}
