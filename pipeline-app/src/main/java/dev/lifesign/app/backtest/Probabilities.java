package dev.lifesign.app.backtest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How good probabilities of coming back were. Where customers with the same one fall into two
 * parts, each part has its share of those who came back.
 *
 * @param auroc probability that somebody who came back had a higher one than somebody who did not;
 *     0.5 says nothing
 * @param logLoss mean negative logarithm of what was given to what happened
 * @param deciles calibration: tenths of the customers, by probability
 * @param precision of calling the least probable k twentieths lost, k from 1 to 20
 */
public record Probabilities(
    double auroc, double logLoss, List<Decile> deciles, List<Double> precision) {

  private static final int TENTHS = 10;
  private static final int TWENTIETHS = 20;
  private static final double LEAST = 1e-6;

  /** Keeps its own copy. */
  public Probabilities {
    deciles = List.copyOf(deciles);
    precision = List.copyOf(precision);
  }

  /**
   * A tenth of the customers.
   *
   * @param customers how many
   * @param predicted mean probability
   * @param actual share that came back
   */
  public record Decile(int customers, double predicted, double actual) {}

  /** A probability, and what happened. */
  record Given(double probability, boolean back) {}

  static Probabilities of(List<Given> given) {
    List<Given> sorted = new ArrayList<>(given);
    sorted.sort(Comparator.comparingDouble(Given::probability));
    double[] back = Ties.back(sorted, Given::probability, Given::back);
    return new Probabilities(
        auroc(sorted), logLoss(sorted, back), deciles(sorted, back), precision(back));
  }

  /** Mann and Whitney's statistic; ties count half. */
  private static double auroc(List<Given> sorted) {
    double ranks = 0;
    long back = 0;
    for (int from = 0; from < sorted.size(); ) {
      int to = from;
      long here = 0;
      while (to < sorted.size() && sorted.get(to).probability() == sorted.get(from).probability()) {
        here += sorted.get(to).back() ? 1 : 0;
        to++;
      }
      ranks += here * ((from + 1 + to) / 2.0);
      back += here;
      from = to;
    }
    double lost = sorted.size() - (double) back;
    return back == 0 || lost == 0 ? Double.NaN : (ranks - back * (back + 1) / 2.0) / (back * lost);
  }

  private static List<Double> precision(double[] back) {
    List<Double> precision = new ArrayList<>();
    double lost = 0;
    int place = 0;
    for (int k = 1; k <= TWENTIETHS; k++) {
      int to = (int) ((long) back.length * k / TWENTIETHS);
      for (; place < to; place++) {
        lost += 1 - back[place];
      }
      precision.add(place == 0 ? 0 : lost / place);
    }
    return precision;
  }

  private static double logLoss(List<Given> sorted, double[] back) {
    double sum = 0;
    for (int i = 0; i < back.length; i++) {
      double p = Math.max(LEAST, Math.min(1 - LEAST, sorted.get(i).probability()));
      sum -= back[i] * Math.log(p) + (1 - back[i]) * Math.log(1 - p);
    }
    return sorted.isEmpty() ? Double.NaN : sum / sorted.size();
  }

  private static List<Decile> deciles(List<Given> sorted, double[] back) {
    List<Decile> deciles = new ArrayList<>();
    for (int i = 0; i < TENTHS; i++) {
      int from = (int) ((long) sorted.size() * i / TENTHS);
      int to = (int) ((long) sorted.size() * (i + 1) / TENTHS);
      if (to > from) {
        List<Given> tenth = sorted.subList(from, to);
        deciles.add(
            new Decile(
                to - from,
                tenth.stream().mapToDouble(Given::probability).average().orElseThrow(),
                Arrays.stream(back, from, to).average().orElseThrow()));
      }
    }
    return deciles;
  }
}
