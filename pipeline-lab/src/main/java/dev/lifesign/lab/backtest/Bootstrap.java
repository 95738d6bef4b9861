package dev.lifesign.lab.backtest;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

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
    int[][] times = draws();
    IntStream.range(0, DRAWS)
        .parallel()
        .forEach(
            draw -> {
              List<Outcomes> drawn = weighted(all, times[draw]);
              for (int i = 0; i < predictions.size(); i++) {
                values[i][draw] =
                    Value.of(objective, weighted(predictions.get(i), times[draw]), drawn);
              }
              values[predictions.size()][draw] = Value.ofGuess(objective, drawn);
            });
    return new Bootstrap(values);
  }

  /** Per draw: how many times each group is drawn. */
  private static int[][] draws() {
    SplittableRandom random = new SplittableRandom(SEED);
    int[][] times = new int[DRAWS][Observations.GROUPS];
    for (int[] draw : times) {
      for (int i = 0; i < draw.length; i++) {
        draw[random.nextInt(draw.length)]++;
      }
    }
    return times;
  }

  private static List<Outcomes> weighted(List<GroupSums> cuts, int[] times) {
    return cuts.stream().map(cut -> cut.weighted(times)).toList();
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
