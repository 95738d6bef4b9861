package dev.lifesign.core.model;

import java.util.List;

/**
 * A purchase model fitted to a sample.
 *
 * @param model the most likely
 * @param errors standard errors of r, alpha, a and b; NaN where there are none
 * @param logLikelihood of the sample
 * @param found false if the likelihood grows on and on with a parameter: the shape is degenerate
 */
public record PurchaseFit(
    PurchaseModel model, List<Double> errors, double logLikelihood, boolean found) {

  /** Keeps its own copy. */
  public PurchaseFit {
    errors = List.copyOf(errors);
  }

  /** The fit of a family, from a start that suits the unit of time. */
  public static PurchaseFit of(PurchaseModel.Family family, PurchaseSample sample) {
    return of(new PurchaseModel(family, 1, Math.max(1e-3, sample.meanAge() / 4), 1, 2), sample);
  }

  /** The fit, searched from a model on. */
  public static PurchaseFit of(PurchaseModel start, PurchaseSample sample) {
    double[] from = {start.r(), start.alpha(), start.a(), start.b()};
    Likelihood likelihood = likelihood(start.family(), sample);
    Likelihood.Estimate estimate =
        sample
            .part()
            .map(part -> likelihood.greatest(from, likelihood(start.family(), part)))
            .orElseGet(() -> likelihood.greatest(from));
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
