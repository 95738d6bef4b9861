package dev.lifesign.domain.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * Maximum likelihood of parameters above 0, searched in their logarithms, with standard errors from
 * the curvature at the maximum.
 */
final class Likelihood {

  /** A parameter beyond e^14 (or below its inverse) is not an estimate: the likelihood is flat. */
  static final double LIMIT = 14;

  private static final double CURVATURE_STEP = 1e-4;

  private final Function<double[], double[]> logLikelihood;
  private final double observations;

  /**
   * A likelihood of parameters.
   *
   * @param logLikelihood its value for the parameters, then its derivative with respect to each
   * @param observations the number of observations it sums over
   */
  Likelihood(Function<double[], double[]> logLikelihood, double observations) {
    this.logLikelihood = logLikelihood;
    this.observations = observations;
  }

  /**
   * Estimated parameters.
   *
   * @param parameters the most likely ones
   * @param errors their standard errors; NaN if the likelihood has no curvature
   * @param logLikelihood its value there
   * @param found whether the likelihood has a maximum within reach
   */
  record Estimate(
      List<Double> parameters, List<Double> errors, double logLikelihood, boolean found) {}

  /** The maximum, searched from these parameters. */
  Estimate maximize(double[] start) {
    return estimate(Minimizer.search(this::negative, logs(start), LIMIT));
  }

  /**
   * The maximum for many observations. The estimate from a part of them, with its curvature, is so
   * close that the likelihood of all of them need be evaluated only a few times.
   *
   * @param part the likelihood of a representative part of the observations
   */
  Estimate maximize(double[] start, Likelihood part) {
    Minimizer.Minimum near = Minimizer.search(part::negative, logs(start), LIMIT);
    double[] at = at(near);
    return (near.found() ? inverse(part.hessian(at)) : Optional.<RealMatrix>empty())
        .map(curvature -> Minimizer.search(this::negative, at, curvature.getData(), LIMIT))
        .map(this::estimate)
        .orElseGet(() -> maximize(start));
  }

  private Estimate estimate(Minimizer.Minimum minimum) {
    double[] at = at(minimum);
    return new Estimate(
        boxed(exp(at)), boxed(errors(at)), -minimum.value() * observations, minimum.found());
  }

  private static double[] at(Minimizer.Minimum minimum) {
    return minimum.at().stream().mapToDouble(each -> each).toArray();
  }

  /** The negative mean and its gradient with respect to the logarithms of the parameters. */
  private double[] negative(double[] logs) {
    double[] parameters = exp(logs);
    double[] value = logLikelihood.apply(parameters);
    double[] negative = new double[value.length];
    negative[0] = -value[0] / observations;
    for (int i = 0; i < parameters.length; i++) {
      negative[i + 1] = -value[i + 1] * parameters[i] / observations;
    }
    return negative;
  }

  private double[] errors(double[] logs) {
    double[] errors = new double[logs.length];
    Optional<RealMatrix> covariance = inverse(hessian(logs));
    for (int i = 0; i < errors.length; i++) {
      errors[i] =
          covariance.isPresent()
              ? Math.exp(logs[i]) * Math.sqrt(covariance.get().getEntry(i, i) / observations)
              : Double.NaN;
    }
    return errors;
  }

  /** The Hessian of the negative mean with respect to the logarithms of the parameters. */
  private double[][] hessian(double[] logs) {
    int n = logs.length;
    double[][] hessian = new double[n][n];
    for (int i = 0; i < n; i++) {
      double[] up = negative(moved(logs, i, CURVATURE_STEP));
      double[] down = negative(moved(logs, i, -CURVATURE_STEP));
      for (int j = 0; j < n; j++) {
        double second = (up[j + 1] - down[j + 1]) / (2 * CURVATURE_STEP);
        hessian[i][j] += second / 2;
        hessian[j][i] += second / 2;
      }
    }
    return hessian;
  }

  /** The inverse; empty if there is none. */
  private static Optional<RealMatrix> inverse(double[][] matrix) {
    try {
      return Optional.of(MatrixUtils.inverse(MatrixUtils.createRealMatrix(matrix)));
    } catch (MathRuntimeException e) {
      return Optional.empty();
    }
  }

  private static List<Double> boxed(double[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  private static double[] moved(double[] logs, int i, double by) {
    double[] moved = logs.clone();
    moved[i] += by;
    return moved;
  }

  private static double[] logs(double[] parameters) {
    return Arrays.stream(parameters).map(Math::log).toArray();
  }

  private static double[] exp(double[] logs) {
    double[] parameters = new double[logs.length];
    for (int i = 0; i < logs.length; i++) {
      parameters[i] = Math.exp(logs[i]);
    }
    return parameters;
  }
}
