package dev.lifesign.domain.model;

import java.util.List;
import org.hipparchus.special.Gamma;

/**
 * The log-likelihood of a sample of means under the spend model, and its gradient. Terms that
 * depend only on the number of purchases are computed once per number of purchases.
 */
final class SpendLikelihood {

  private final long[] purchases;
  private final double[] means;
  private final double[] logMeans;

  /**
   * The likelihood of a sample.
   *
   * @param customers ordered by their number of purchases, with means above 0
   * @param unit the unit of money for means
   */
  SpendLikelihood(List<SpendFit.Spending> customers, double unit) {
    purchases = customers.stream().mapToLong(SpendFit.Spending::purchases).toArray();
    means = customers.stream().mapToDouble(each -> each.mean() / unit).toArray();
    logMeans = new double[means.length];
    for (int i = 0; i < means.length; i++) {
      logMeans[i] = Math.log(means[i]);
    }
  }

  /** The log-likelihood, then its derivatives with respect to p, q and v. */
  double[] at(double[] parameters) {
    double p = parameters[0];
    double q = parameters[1];
    double v = parameters[2];
    double logV = Math.log(v);
    double ofQ = Gamma.logGamma(q) - q * logV;
    double digammaQ = Gamma.digamma(q);
    double[] sum = new double[4];
    int next = 0;
    while (next < purchases.length) {
      long x = purchases[next];
      double shape = p * x;
      double logX = Math.log((double) x);
      double constant = Gamma.logGamma(shape + q) - Gamma.logGamma(shape) - ofQ + shape * logX;
      double both = Gamma.digamma(shape + q);
      double byP = both - Gamma.digamma(shape) + logX;
      for (; next < purchases.length && purchases[next] == x; next++) {
        double all = x * means[next] + v;
        double total = Math.log(all);
        sum[0] += constant + (shape - 1) * logMeans[next] - (shape + q) * total;
        sum[1] += x * (byP + logMeans[next] - total);
        sum[2] += both - digammaQ + logV - total;
        sum[3] += q / v - (shape + q) / all;
      }
    }
    return sum;
  }
}
