package dev.lifesign.app.fit;

import dev.lifesign.core.model.PurchaseDays;
import dev.lifesign.core.model.PurchaseFit;
import dev.lifesign.core.model.PurchaseModel;
import dev.lifesign.core.model.PurchaseModel.Family;
import dev.lifesign.core.model.PurchaseSample;
import dev.lifesign.core.model.Purchases;
import dev.lifesign.core.model.Regularity;
import dev.lifesign.core.model.SpendFit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The models fitted to a history up to a day.
 *
 * @param cut the last day that was fitted to
 * @param unit days in the models' unit of time
 * @param sample what was fitted to
 * @param fits of the families, the better first
 * @param spend of the customers with a repeat; empty if there is none
 * @param regularity of purchases; empty if too few say anything
 */
public record Fit(
    int cut,
    double unit,
    PurchaseSample sample,
    List<PurchaseFit> fits,
    Optional<SpendFit> spend,
    OptionalDouble regularity) {

  /** Keeps its own copy. */
  public Fit {
    fits = List.copyOf(fits);
  }

  /**
   * Fits.
   *
   * @param minor minor units of a major unit of money
   */
  public static Fit of(
      Collection<PurchaseDays> customers, List<Family> families, int cut, double unit, int minor) {
    List<Purchases> known = new ArrayList<>();
    List<SpendFit.Spending> spending = new ArrayList<>();
    for (PurchaseDays days : customers) {
      Optional<Purchases> purchases = days.purchases(cut, unit);
      purchases.ifPresent(known::add);
      if (purchases.isPresent() && purchases.get().repeats() > 0) {
        spending.add(
            new SpendFit.Spending(purchases.get().repeats(), days.mean(days.day(0), cut) / minor));
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
        cut,
        unit,
        sample,
        fits,
        spent ? Optional.of(SpendFit.of(spending)) : Optional.empty(),
        Regularity.of(customers, cut));
  }

  /** The better of the purchase models. */
  public PurchaseFit best() {
    return fits.get(0);
  }

  /** Customers with so many repeats, and how many the best model expects; the last has more too. */
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
