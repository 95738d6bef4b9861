package dev.lifesign.domain.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hipparchus.special.Gamma;

/**
 * Customers to fit a purchase model to. Customers with the same data are counted, not repeated. The
 * log-likelihood and its gradient are sums over the distinct ones, ordered by repeats, so that
 * terms that depend only on the repeats are computed once per number of repeats.
 */
public final class PurchaseSample {

  private static final int PARAMETERS = 4;
  private static final int CHUNK = 4_096;

  private final List<Purchases> distinct;
  private final int[] counts;
  private final long customers;

  /** The fields of the distinct customers as arrays, since they are read again and again. */
  private final long[] repeats;

  private final double[] lasts;
  private final double[] ages;

  private PurchaseSample(List<Purchases> distinct, int[] counts, long customers) {
    this.distinct = List.copyOf(distinct);
    this.counts = counts;
    this.customers = customers;
    this.repeats = distinct.stream().mapToLong(Purchases::repeats).toArray();
    this.lasts = distinct.stream().mapToDouble(Purchases::last).toArray();
    this.ages = distinct.stream().mapToDouble(Purchases::age).toArray();
  }

  /** A sample of customers. */
  public static PurchaseSample of(Iterable<Purchases> customers) {
    Map<Purchases, Integer> counted = new HashMap<>();
    long all = 0;
    for (Purchases each : customers) {
      counted.merge(each, 1, Integer::sum);
      all++;
    }
    List<Purchases> distinct = new ArrayList<>(counted.keySet());
    distinct.sort(
        Comparator.comparingLong(Purchases::repeats)
            .thenComparingDouble(Purchases::last)
            .thenComparingDouble(Purchases::age));
    return new PurchaseSample(distinct, distinct.stream().mapToInt(counted::get).toArray(), all);
  }

  /**
   * A representative part of the sample, taken evenly from the ordered distinct customers. Empty if
   * there are too few for that to be worthwhile.
   */
  Optional<PurchaseSample> part() {
    int[] indexes = Thinning.indexes(counts.length);
    if (indexes.length == counts.length) {
      return Optional.empty();
    }
    int[] taken = Arrays.stream(indexes).map(i -> counts[i]).toArray();
    return Optional.of(
        new PurchaseSample(
            Arrays.stream(indexes).mapToObj(distinct::get).toList(),
            taken,
            Arrays.stream(taken).asLongStream().sum()));
  }

  /** The number of customers. */
  public long customers() {
    return customers;
  }

  /** The number of customers with a repeat. */
  public long repeatBuyers() {
    long sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += distinct.get(i).repeats() > 0 ? counts[i] : 0;
    }
    return sum;
  }

  /** The distinct customers, ordered by repeats, last and age. */
  public List<Purchases> distinct() {
    return distinct;
  }

  /** How many customers are equal to the i-th distinct one. */
  public int count(int i) {
    return counts[i];
  }

  /** The mean age. */
  public double meanAge() {
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += distinct.get(i).age() * counts[i];
    }
    return sum / customers;
  }

  /** The log-likelihood of all customers. */
  public double logLikelihood(PurchaseModel model) {
    return evaluate(model)[0];
  }

  /** The log-likelihood, then its derivatives with respect to r, alpha, a and b. */
  double[] evaluate(PurchaseModel model) {
    int chunks = (counts.length + CHUNK - 1) / CHUNK;
    double[][] parts =
        IntStream.range(0, chunks)
            .parallel()
            .mapToObj(
                chunk -> part(model, chunk * CHUNK, Math.min(counts.length, (chunk + 1) * CHUNK)))
            .toArray(double[][]::new);
    double[] sum = new double[PARAMETERS + 1];
    for (double[] part : parts) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += part[i];
      }
    }
    return sum;
  }

  private double[] part(PurchaseModel model, int from, int to) {
    double[] sum = new double[PARAMETERS + 1];
    Repeats same = null;
    for (int i = from; i < to; i++) {
      if (same == null || same.x != repeats[i]) {
        same = new Repeats(model, repeats[i]);
      }
      same.add(model, lasts[i], ages[i], counts[i], sum);
    }
    return sum;
  }

  /** The terms that customers with the same number of repeats share. */
  private static final class Repeats {
    private final long x;
    private final double shape;
    private final double leaving;
    private final double log;
    private final double byR;
    private final double byA;
    private final double byB;
    private final double stayed;

    Repeats(PurchaseModel model, long x) {
      this.x = x;
      double r = model.r();
      double a = model.a();
      double b = model.b();
      shape = r + x;
      stayed = model.stayed(x);
      leaving = model.mayHaveLeft(x) ? a / (stayed - 1) : 0;
      log =
          Gamma.logGamma(shape)
              - Gamma.logGamma(r)
              + r * Math.log(model.alpha())
              + Gamma.logGamma(a + b)
              + Gamma.logGamma(stayed)
              - Gamma.logGamma(b)
              - Gamma.logGamma(a + stayed);
      byR = Gamma.digamma(shape) - Gamma.digamma(r) + Math.log(model.alpha());
      double all = Gamma.digamma(a + b) - Gamma.digamma(a + stayed);
      byA = all;
      byB = all + Gamma.digamma(stayed) - Gamma.digamma(b);
    }

    void add(PurchaseModel model, double last, double age, int count, double[] sum) {
      double alpha = model.alpha();
      double logAge = Math.log(alpha + age);
      double logLast = Math.log(alpha + last);
      double here = Math.exp(shape * (logLast - logAge));
      double both = here + leaving;
      // If nobody can have left, the value above may underflow.
      double logBoth = leaving == 0 ? shape * (logLast - logAge) : Math.log(both);
      double alive = leaving == 0 ? 1 : here / both;
      sum[0] += count * (log - shape * logLast + logBoth);
      sum[1] += count * (byR - alive * logAge - (1 - alive) * logLast);
      sum[2] +=
          count
              * (model.r() / alpha
                  - shape * (alive / (alpha + age) + (1 - alive) / (alpha + last)));
      sum[3] += count * (byA + (1 - alive) / model.a());
      sum[4] += count * (byB - (leaving == 0 ? 0 : (1 - alive) / (stayed - 1)));
    }
  }
}
