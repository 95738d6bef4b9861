package dev.lifesign.app.backtest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The fixed silence after which the most customers are called rightly.
 *
 * @param days whoever has been silent for so many days is called lost
 * @param accuracy share called rightly where it was tuned
 */
record Threshold(int days, double accuracy) {

  /** A customer's silence, and whether the customer came back after it. */
  record Silence(double days, boolean back) {}

  /** The best threshold of those customers, whole days; the shortest of the best. */
  static Threshold tuned(List<Silence> silences) {
    List<Silence> sorted = new ArrayList<>(silences);
    sorted.sort(Comparator.comparingDouble(Silence::days));
    long right = sorted.stream().filter(each -> !each.back()).count();
    double longest = sorted.isEmpty() ? 0 : sorted.get(sorted.size() - 1).days();
    int best = 1;
    long most = -1;
    int place = 0;
    for (int days = 1; days <= longest + 1; days++) {
      while (place < sorted.size() && sorted.get(place).days() < days) {
        right += sorted.get(place).back() ? 1 : -1;
        place++;
      }
      if (right > most) {
        most = right;
        best = days;
      }
    }
    return new Threshold(best, sorted.isEmpty() ? 0 : most / (double) sorted.size());
  }
}
