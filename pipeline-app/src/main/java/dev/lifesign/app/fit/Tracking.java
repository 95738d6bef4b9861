package dev.lifesign.app.fit;

import dev.lifesign.core.model.PurchaseDays;
import dev.lifesign.core.model.PurchaseModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Actual and expected cumulative repeat purchases, week by week (Fader and Hardie's tracking plot):
 * what the model, fitted to the days before the cut, says of them and of those after.
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
   * The state at the end of a week.
   *
   * @param number from 1
   * @param end its last day
   * @param actual cumulative repeat purchases
   * @param expected the same, expected
   */
  public record Week(int number, int end, long actual, double expected) {}

  /**
   * Tracks a model.
   *
   * @param cut customers whose first purchase came later are left out
   * @param end the last day of the history
   * @param unit days in the model's unit of time
   */
  public static Tracking of(
      Collection<PurchaseDays> customers, PurchaseModel model, int cut, int end, double unit) {
    Map<Integer, Integer> born = new HashMap<>();
    SortedMap<Integer, Integer> repeats = new TreeMap<>();
    int first = Integer.MAX_VALUE;
    for (PurchaseDays days : customers) {
      if (days.until(cut) > 0) {
        born.merge(days.day(0), 1, Integer::sum);
        first = Math.min(first, days.day(0));
        for (int i = 1; i < days.size(); i++) {
          repeats.merge(days.day(i), 1, Integer::sum);
        }
      }
    }
    List<Week> weeks = new ArrayList<>();
    long actual = 0;
    for (int number = 1; !born.isEmpty() && first + WEEK * number - 1 <= end; number++) {
      int last = first + WEEK * number - 1;
      double expected = 0;
      for (Map.Entry<Integer, Integer> day : born.entrySet()) {
        double age = (last - day.getKey()) / unit;
        expected += age > 0 ? day.getValue() * model.expected(age) : 0;
      }
      SortedMap<Integer, Integer> come = repeats.headMap(last + 1);
      actual += come.values().stream().mapToLong(Integer::longValue).sum();
      come.clear();
      weeks.add(new Week(number, last, actual, expected));
    }
    return new Tracking(weeks);
  }
}
