package dev.lifesign.domain.model;

import java.util.List;

/**
 * A purchase model fitted to a sample.
 *
 * @param model the most likely model
 * @param errors standard errors of r, alpha, a and b; NaN if there are none
 * @param logLikelihood the log-likelihood of the sample
 * @param found false if the likelihood keeps growing with a parameter: the shape is degenerate
 */
public record PurchaseFit(
    PurchaseModel model, List<Double> errors, double logLikelihood, boolean found) {

  /** Keeps its own copy. */
  public PurchaseFit {
    errors = List.copyOf(errors);
  }

  /** Fits a family, starting from parameters that suit the unit of time. */
  public static PurchaseFit of(PurchaseModel.Family family, PurchaseSample sample) {
    return of(new PurchaseModel(family, 1, Math.max(1e-3, sample.meanAge() / 4), 1, 2), sample);
  }

  /** Fits the start's family, searching from the start's parameters. */
  public static PurchaseFit of(PurchaseModel start, PurchaseSample sample) {
    double[] from = {start.r(), start.alpha(), start.a(), start.b()};
    Likelihood likelihood = likelihood(start.family(), sample);
    Likelihood.Estimate estimate =
        sample
            .part()
            .map(part -> likelihood.maximize(from, likelihood(start.family(), part)))
            .orElseGet(() -> likelihood.maximize(from));
    List<Double> p = estimate.parameters();
    return new PurchaseFit(
        new PurchaseModel(start.family(), p.get(0), p.get(1), p.get(2), p.get(3)),
        estimate.errors(),
        estimate.logLikelihood(),
        estimate.found());
  }

  private static Likelihood likelihood(PurchaseModel.Family family, PurchaseSample sample) {
    return new Likelihood(
        p -> sample.evaluate(new PurchaseModel(family, p[0], p[1], p[2], p[3])),
        sample.customers());
  }
}
