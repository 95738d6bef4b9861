package dev.lifesign.lab.fit;

import dev.lifesign.domain.model.PurchaseDays;
import dev.lifesign.domain.model.PurchaseFit;
import dev.lifesign.domain.model.PurchaseModel;
import dev.lifesign.domain.model.PurchaseModel.Family;
import dev.lifesign.domain.model.PurchaseSample;
import dev.lifesign.domain.model.Purchases;
import dev.lifesign.domain.model.Regularity;
import dev.lifesign.domain.model.SpendFit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The models, fitted to a history up to a day.
 *
 * @param cutoff the last day that was fitted to
 * @param unit the models' unit of time, days
 * @param sample the customers that the models were fitted to
 * @param fits one per family, the better first
 * @param spend the spend model, fitted to repeat customers; empty if none spent anything
 * @param regularity how regular purchases are; empty if there are too few to tell
 */
public record Fit(
    int cutoff,
    double unit,
    PurchaseSample sample,
    List<PurchaseFit> fits,
    Optional<SpendFit> spend,
    Optional<Regularity> regularity) {

  /** Keeps its own copy. */
  public Fit {
    fits = List.copyOf(fits);
  }

  /**
   * Fits the models.
   *
   * @param minor minor units per major unit of money
   */
  public static Fit of(
      Collection<PurchaseDays> customers,
      List<Family> families,
      int cutoff,
      double unit,
      int minor) {
    List<Purchases> known = new ArrayList<>();
    List<SpendFit.Spending> spending = new ArrayList<>();
    for (PurchaseDays days : customers) {
      Optional<Purchases> purchases = days.purchases(cutoff, unit);
      purchases.ifPresent(known::add);
      if (purchases.isPresent() && purchases.get().repeats() > 0) {
        spending.add(
            new SpendFit.Spending(
                purchases.get().repeats(), days.mean(days.day(0), cutoff) / minor));
      }
    }
    PurchaseSample sample = PurchaseSample.of(known);
    List<PurchaseFit> fits = new ArrayList<>();
    if (sample.customers() > 0) {
      for (Family family : families) {
        fits.add(PurchaseFit.of(family, sample));
      }
    }
    fits.sort(
        (one, other) ->
            one.found() == other.found()
                ? Double.compare(other.logLikelihood(), one.logLikelihood())
                : Boolean.compare(other.found(), one.found()));
    boolean spent = spending.stream().anyMatch(each -> each.mean() > 0);
    return new Fit(
        cutoff,
        unit,
        sample,
        fits,
        spent ? Optional.of(SpendFit.of(spending)) : Optional.empty(),
        Regularity.of(customers, cutoff));
  }

  /** The better of the purchase models. */
  public PurchaseFit best() {
    return fits.get(0);
  }

  /**
   * The customers by number of repeats, actual and expected by the best model; the last row
   * includes all higher numbers.
   */
  public List<double[]> repeats(int most) {
    PurchaseModel model = best().model();
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i <= most; i++) {
      rows.add(new double[2]);
    }
    Map<Double, Integer> ages = new HashMap<>();
    for (int i = 0; i < sample.distinct().size(); i++) {
      Purchases each = sample.distinct().get(i);
      rows.get((int) Math.min(most, each.repeats()))[0] += sample.count(i);
      ages.merge(each.age(), sample.count(i), Integer::sum);
    }
    ages.forEach(
        (age, count) -> {
          double left = 1;
          for (int n = 0; n < most; n++) {
            double probability = age == 0 ? (n == 0 ? 1 : 0) : model.probabilityOf(n, age);
            rows.get(n)[1] += count * probability;
            left -= probability;
          }
          rows.get(most)[1] += count * Math.max(0, left);
        });
    return rows;
  }
}
