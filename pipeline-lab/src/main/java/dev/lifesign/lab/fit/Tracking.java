package dev.lifesign.lab.fit;

import dev.lifesign.domain.model.PurchaseDays;
import dev.lifesign.domain.model.PurchaseModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Actual and expected cumulative repeat purchases, week by week (Fader and Hardie's tracking plot):
 * what the model, fitted to the days up to the cutoff, expects up to then and after.
 *
 * @param weeks the weeks, from the first purchase on
 */
public record Tracking(List<Week> weeks) {

  private static final int WEEK = 7;

  /** Keeps its own copy. */
  public Tracking {
    weeks = List.copyOf(weeks);
  }

  /**
   * The totals at the end of a week.
   *
   * @param number from 1
   * @param end its last day
   * @param actual cumulative repeat purchases
   * @param expected cumulative repeat purchases that the model expects
   */
  public record Week(int number, int end, long actual, double expected) {}

  /**
   * Compares a model with what happened.
   *
   * @param cutoff the last day the model was fitted to; customers whose first purchase came later
   *     are left out
   * @param end the last day of the history
   * @param unit the model's unit of time, days
   */
  public static Tracking of(
      Collection<PurchaseDays> customers, PurchaseModel model, int cutoff, int end, double unit) {
    List<PurchaseDays> known = customers.stream().filter(days -> days.until(cutoff) > 0).toList();
    int first = known.stream().mapToInt(days -> days.day(0)).min().orElse(end + 1);
    Map<Integer, Integer> firstDays = new HashMap<>();
    int[] repeats = new int[Math.max(0, end + 1 - first)];
    for (PurchaseDays days : known) {
      firstDays.merge(days.day(0), 1, Integer::sum);
      for (int i = 1; i < days.size() && days.day(i) <= end; i++) {
        repeats[days.day(i) - first]++;
      }
    }
    List<Week> weeks = new ArrayList<>();
    Map<Integer, Double> expectedByAge = new HashMap<>();
    long actual = 0;
    for (int number = 1; first + WEEK * number - 1 <= end; number++) {
      int last = first + WEEK * number - 1;
      double expected = 0;
      for (Map.Entry<Integer, Integer> day : firstDays.entrySet()) {
        int age = last - day.getKey();
        if (age > 0) {
          expected +=
              day.getValue()
                  * expectedByAge.computeIfAbsent(age, days -> model.expected(days / unit));
        }
      }
      actual += Arrays.stream(repeats, last + 1 - WEEK - first, last + 1 - first).sum();
      weeks.add(new Week(number, last, actual, expected));
    }
    return new Tracking(weeks);
  }
}
