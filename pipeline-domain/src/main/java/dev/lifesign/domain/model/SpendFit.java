package dev.lifesign.domain.model;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A spend model fitted to the customers' mean spend.
 *
 * @param model the most likely model
 * @param errors standard errors of p, q and v; NaN if there are none
 * @param logLikelihood the log-likelihood of the sample
 * @param found false if the likelihood keeps growing with a parameter
 * @param customers the number of customers with a mean above 0
 * @param correlation between the number of purchases and their mean (Pearson); the model assumes 0
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
   * A customer's spending.
   *
   * @param purchases the number observed, 1 or more
   * @param mean their mean worth
   */
  public record Spending(long purchases, double mean) {}

  /** Fits the model to customers; those without a mean above 0 are left out. */
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

  /** Fits the model, searching from the start's parameters. */
  public static SpendFit of(List<Spending> customers, SpendModel start) {
    // Sorted, so that the same customers give the same digits.
    List<Spending> used =
        customers.stream()
            .filter(each -> each.mean() > 0)
            .sorted(
                Comparator.comparingLong(Spending::purchases).thenComparingDouble(Spending::mean))
            .toList();
    // Money is in units of the start's v, so that the search does not depend on the currency.
    double unit = start.v();
    double[] from = {start.p(), start.q(), 1};
    int[] indexes = Thinning.indexes(used.size());
    Likelihood likelihood = likelihood(used, unit);
    Likelihood.Estimate estimate =
        indexes.length == used.size()
            ? likelihood.maximize(from)
            : likelihood.maximize(
                from, likelihood(Arrays.stream(indexes).mapToObj(used::get).toList(), unit));
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

  private static Likelihood likelihood(List<Spending> used, double unit) {
    return new Likelihood(new SpendLikelihood(used, unit)::at, Math.max(1, used.size()));
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
