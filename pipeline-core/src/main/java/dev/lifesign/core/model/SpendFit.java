package dev.lifesign.core.model;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

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
    double[] from = {start.p(), start.q(), 1};
    int[] places = Thinning.places(used.size());
    Likelihood likelihood = likelihood(used, unit);
    Likelihood.Estimate estimate =
        places.length == used.size()
            ? likelihood.greatest(from)
            : likelihood.greatest(
                from, likelihood(Arrays.stream(places).mapToObj(used::get).toList(), unit));
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
