package dev.lifesign.domain.model;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Finds a minimum of a smooth function of a few variables: Broyden, Fletcher, Goldfarb and Shanno's
 * method (Nocedal and Wright 2006, ch. 6) with a backtracking line search. Hipparchus has conjugate
 * gradients whose line search uses no derivatives and needs many times the evaluations.
 */
final class Minimizer {

  private static final int MOST_STEPS = 500;
  private static final double SUFFICIENT = 1e-4;
  private static final double LONGEST_STEP = 2;
  private static final double FLAT = 1e-9;

  /** Once steps no longer lower the function, it is a minimum if the gradient is at most this. */
  private static final double NEARLY_FLAT = 1e-5;

  private static final double SHORTEST_STEP = 1e-12;
  private static final double NOTHING = 1e-15;

  private Minimizer() {}

  /** A minimum: where it is, and whether the search converged there rather than gave up. */
  record Minimum(List<Double> at, double value, boolean found) {
    Minimum(double[] at, double value, boolean found) {
      this(Arrays.stream(at).boxed().toList(), value, found);
    }
  }

  /**
   * Searches from a starting point.
   *
   * @param function its value, then its gradient; NaN where it is not defined
   * @param limit the largest absolute value of a coordinate; a search that reaches it ends
   */
  static Minimum search(Function<double[], double[]> function, double[] start, double limit) {
    return search(function, start, identity(start.length), limit);
  }

  /**
   * Searches from a starting point whose curvature is known.
   *
   * @param curvature the approximate inverse Hessian there
   */
  static Minimum search(
      Function<double[], double[]> function, double[] start, double[][] curvature, double limit) {
    int n = start.length;
    double[] at = start.clone();
    double[] here = function.apply(at);
    double[][] inverse = Arrays.stream(curvature).map(double[]::clone).toArray(double[][]::new);
    for (int step = 0; step < MOST_STEPS; step++) {
      if (norm(here, 1) < FLAT || beyond(at, limit)) {
        return new Minimum(at, here[0], !beyond(at, limit));
      }
      double[] direction = times(inverse, here);
      double slope = dot(direction, here);
      if (!(slope < 0)) {
        inverse = identity(n);
        direction = times(inverse, here);
        slope = dot(direction, here);
      }
      double scale = Math.min(1, LONGEST_STEP / norm(direction, 0));
      double[] next = along(at, direction, scale);
      double[] there = function.apply(next);
      while (!(there[0] <= here[0] + SUFFICIENT * scale * slope)) {
        scale /= 2;
        if (scale < SHORTEST_STEP) {
          return new Minimum(at, here[0], norm(here, 1) < NEARLY_FLAT);
        }
        next = along(at, direction, scale);
        there = function.apply(next);
      }
      update(inverse, at, next, here, there);
      boolean lower = here[0] - there[0] > NOTHING * Math.abs(here[0]);
      at = next;
      here = there;
      if (!lower && norm(here, 1) < NEARLY_FLAT) {
        return new Minimum(at, here[0], true);
      }
    }
    return new Minimum(at, here[0], false);
  }

  private static boolean beyond(double[] at, double limit) {
    return norm(at, 0) >= limit;
  }

  private static double[][] identity(int n) {
    double[][] identity = new double[n][n];
    for (int i = 0; i < n; i++) {
      identity[i][i] = 1;
    }
    return identity;
  }

  /** The largest absolute component, starting at an index: 1 skips the value before a gradient. */
  private static double norm(double[] vector, int from) {
    double most = 0;
    for (int i = from; i < vector.length; i++) {
      most = Math.max(most, Math.abs(vector[i]));
    }
    return most;
  }

  private static double[] times(double[][] inverse, double[] gradient) {
    double[] direction = new double[inverse.length];
    for (int i = 0; i < direction.length; i++) {
      for (int j = 0; j < direction.length; j++) {
        direction[i] -= inverse[i][j] * gradient[j + 1];
      }
    }
    return direction;
  }

  private static double dot(double[] direction, double[] gradient) {
    double sum = 0;
    for (int i = 0; i < direction.length; i++) {
      sum += direction[i] * gradient[i + 1];
    }
    return sum;
  }

  private static double[] along(double[] at, double[] direction, double scale) {
    double[] next = at.clone();
    for (int i = 0; i < next.length; i++) {
      next[i] += scale * direction[i];
    }
    return next;
  }

  /** Updates the inverse Hessian, unless the curvature is not positive. */
  private static void update(
      double[][] inverse, double[] at, double[] next, double[] here, double[] there) {
    int n = at.length;
    double[] s = new double[n];
    double[] y = new double[n];
    double curvature = 0;
    for (int i = 0; i < n; i++) {
      s[i] = next[i] - at[i];
      y[i] = there[i + 1] - here[i + 1];
      curvature += s[i] * y[i];
    }
    if (!(curvature > 0)) {
      return;
    }
    double[] hy = new double[n];
    double yhy = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        hy[i] += inverse[i][j] * y[j];
      }
      yhy += y[i] * hy[i];
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        inverse[i][j] +=
            (1 + yhy / curvature) * s[i] * s[j] / curvature
                - (hy[i] * s[j] + s[i] * hy[j]) / curvature;
      }
    }
  }
}
