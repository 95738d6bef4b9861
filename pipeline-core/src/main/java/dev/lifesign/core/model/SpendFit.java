package dev.lifesign.core.model;

import java.util.Comparator;
import java.util.List;
import org.hipparchus.special.Gamma;

/**
 * A spend model fitted to customers' means.
 *
 * @param model the most likely
 * @param errors standard errors of p, q and v; NaN where there are none
 * @param logLikelihood of the sample
 * @param found false if the likelihood grows on and on with a parameter
 * @param customers how many had a mean above 0
 * @param correlation of the number of purchases and their mean (Pearson); the model takes it for 0
 */
public record SpendFit(
    SpendModel model,
    List<Double> errors,
    double logLikelihood,
    boolean found,
    int customers,
    double correlation) {

  /** Keeps its own copy. */
  public SpendFit {
    errors = List.copyOf(errors);
  }

  /**
   * What is known of a customer's spending.
   *
   * @param purchases observed, 1 or more
   * @param mean of them
   */
  public record Spending(long purchases, double mean) {}

  /** The fit to those customers; who has no mean above 0 is left out. */
  public static SpendFit of(List<Spending> customers) {
    double sum = 0;
    int used = 0;
    for (Spending each : customers) {
      if (each.mean() > 0) {
        sum += each.mean();
        used++;
      }
    }
    return of(customers, new SpendModel(2, 2, Math.max(1e-3, used == 0 ? 1 : sum / used)));
  }

  /** The fit, searched from a model on. */
  public static SpendFit of(List<Spending> customers, SpendModel start) {
    // In an order of their own, so that the same customers give the same digits.
    List<Spending> used =
        customers.stream()
            .filter(each -> each.mean() > 0)
            .sorted(
                Comparator.comparingLong(Spending::purchases).thenComparingDouble(Spending::mean))
            .toList();
    // Money in units of the start's v, so that the search does not depend on the currency.
    double unit = start.v();
    Likelihood likelihood =
        new Likelihood(p -> evaluate(used, unit, p[0], p[1], p[2]), Math.max(1, used.size()));
    Likelihood.Estimate estimate = likelihood.greatest(new double[] {start.p(), start.q(), 1});
    List<Double> p = estimate.parameters();
    List<Double> errors = estimate.errors();
    double changeOfUnit = used.size() * Math.log(unit);
    return new SpendFit(
        new SpendModel(p.get(0), p.get(1), p.get(2) * unit),
        List.of(errors.get(0), errors.get(1), errors.get(2) * unit),
        estimate.logLikelihood() - changeOfUnit,
        estimate.found(),
        used.size(),
        correlation(used));
  }

  private static double[] evaluate(
      List<Spending> customers, double unit, double p, double q, double v) {
    SpendModel model = new SpendModel(p, q, v);
    double[] sum = new double[4];
    for (Spending each : customers) {
      long x = each.purchases();
      double mean = each.mean() / unit;
      double total = Math.log(x * mean + v);
      double both = Gamma.digamma(p * x + q);
      sum[0] += model.logLikelihood(x, mean);
      sum[1] += x * (both - Gamma.digamma(p * x) + Math.log(mean) + Math.log((double) x) - total);
      sum[2] += both - Gamma.digamma(q) + Math.log(v) - total;
      sum[3] += q / v - (p * x + q) / (x * mean + v);
    }
    return sum;
  }

  private static double correlation(List<Spending> customers) {
    double n = customers.size();
    double x = customers.stream().mapToDouble(Spending::purchases).sum() / n;
    double y = customers.stream().mapToDouble(Spending::mean).sum() / n;
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (Spending each : customers) {
      xy += (each.purchases() - x) * (each.mean() - y);
      xx += (each.purchases() - x) * (each.purchases() - x);
      yy += (each.mean() - y) * (each.mean() - y);
    }
    return xx == 0 || yy == 0 ? 0 : xy / Math.sqrt(xx * yy);
  }
}
