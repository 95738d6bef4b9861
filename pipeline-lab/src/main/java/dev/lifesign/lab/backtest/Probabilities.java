package dev.lifesign.lab.backtest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How good the probabilities of coming back were. If customers with the same probability fall into
 * two groups, each group gets its share of those who came back.
 *
 * @param auroc the probability that a customer who came back had a higher probability than one who
 *     did not; 0.5 is no better than chance
 * @param logLoss mean negative logarithm of the probability given to what happened
 * @param deciles calibration by deciles of the customers, in order of probability
 * @param precision the precision of predicting the k twentieths with the lowest probability lost,
 *     for k from 1 to 20
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
   * A decile of the customers.
   *
   * @param customers how many
   * @param predicted their mean probability
   * @param actual the share that came back
   */
  public record Decile(int customers, double predicted, double actual) {}

  /**
   * Judges probabilities.
   *
   * @param given the customers ranked by probability
   */
  static Probabilities of(Ranking given) {
    double[] back = given.shares();
    return new Probabilities(
        auroc(given), logLoss(given, back), deciles(given, back), precision(back));
  }

  /** The Mann-Whitney statistic; ties count half. */
  static double auroc(Ranking given) {
    double[] ranks = new double[1];
    given.groups((from, to, came) -> ranks[0] += came * ((from + 1 + to) / 2.0));
    double back = given.sizeBack();
    double lost = given.size() - back;
    return back == 0 || lost == 0
        ? Double.NaN
        : (ranks[0] - back * (back + 1) / 2.0) / (back * lost);
  }

  private static List<Double> precision(double[] back) {
    List<Double> precision = new ArrayList<>();
    double lost = 0;
    int index = 0;
    for (int k = 1; k <= TWENTIETHS; k++) {
      int to = (int) ((long) back.length * k / TWENTIETHS);
      for (; index < to; index++) {
        lost += 1 - back[index];
      }
      precision.add(index == 0 ? 0 : lost / index);
    }
    return precision;
  }

  private static double logLoss(Ranking given, double[] back) {
    double sum = 0;
    for (int i = 0; i < back.length; i++) {
      double p = Math.max(LEAST, Math.min(1 - LEAST, given.value(i)));
      sum -= back[i] * Math.log(p) + (1 - back[i]) * Math.log(1 - p);
    }
    return given.size() == 0 ? Double.NaN : sum / given.size();
  }

  private static List<Decile> deciles(Ranking given, double[] back) {
    List<Decile> deciles = new ArrayList<>();
    for (int i = 0; i < TENTHS; i++) {
      int from = (int) ((long) given.size() * i / TENTHS);
      int to = (int) ((long) given.size() * (i + 1) / TENTHS);
      if (to > from) {
        deciles.add(
            new Decile(
                to - from,
                given.mean(from, to),
                Arrays.stream(back, from, to).average().orElseThrow()));
      }
    }
    return deciles;
  }
}
