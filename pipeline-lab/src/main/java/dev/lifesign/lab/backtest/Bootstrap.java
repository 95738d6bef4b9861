package dev.lifesign.lab.backtest;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How much the values of predictions differ by chance: a bootstrap that draws customers with
 * replacement, with everything that is known of each at every cutoff (Efron 1979). Customers are
 * drawn in groups, so that its time does not depend on their number. Gives the same figures every
 * time.
 */
final class Bootstrap {

  private static final int DRAWS = 400;
  private static final long SEED = 20_250_131;

  /** By prediction and draw. */
  private final double[][] values;

  private Bootstrap(double[][] values) {
    this.values = values;
  }

  /**
   * Draws.
   *
   * @param all all customers, per cutoff
   * @param predictions per prediction and cutoff: the customers predicted lost
   */
  static Bootstrap of(Objective objective, List<GroupSums> all, List<List<GroupSums>> predictions) {
    double[][] values = new double[predictions.size() + 1][DRAWS];
    SplittableRandom random = new SplittableRandom(SEED);
    int[] times = new int[Observations.GROUPS];
    for (int draw = 0; draw < DRAWS; draw++) {
      Arrays.fill(times, 0);
      for (int i = 0; i < times.length; i++) {
        times[random.nextInt(times.length)]++;
      }
      List<Outcomes> drawn = all.stream().map(cut -> cut.weighted(times)).toList();
      for (int i = 0; i < predictions.size(); i++) {
        values[i][draw] =
            Value.of(
                objective,
                predictions.get(i).stream().map(cut -> cut.weighted(times)).toList(),
                drawn);
      }
      values[predictions.size()][draw] = Value.ofGuess(objective, drawn);
    }
    return new Bootstrap(values);
  }

  /** The standard error of the difference between two predictions; 0 if they are the same. */
  double error(int one, int other) {
    double[] differences = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      differences[i] = values[one][i] - values[other][i];
    }
    return deviation(Arrays.stream(differences).filter(Double::isFinite).toArray());
  }

  /** The standard error of the difference between a prediction and the same guess for everybody. */
  double errorToGuess(int prediction) {
    return error(prediction, values.length - 1);
  }

  private static double deviation(double[] numbers) {
    double mean = Arrays.stream(numbers).average().orElse(0);
    double squares = Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).sum();
    return numbers.length < 2 ? 0 : Math.sqrt(squares / (numbers.length - 1));
  }
}
