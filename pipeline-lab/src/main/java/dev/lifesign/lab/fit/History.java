package dev.lifesign.lab.fit;

import dev.lifesign.domain.model.PurchaseDays;
import java.util.List;

/**
 * The purchase days of every customer in a history. The last digits of sums over customers depend
 * on their order, so a history must list them in an order that does not depend on that of the
 * events.
 *
 * @param customers one per customer; some may have refunds but no purchases
 * @param purchases the number of purchases
 */
public record History(List<PurchaseDays> customers, long purchases) {

  /** Keeps its own copy. */
  public History {
    customers = List.copyOf(customers);
  }

  /** The history of some buyers. */
  public static History of(List<Buyer> buyers) {
    return new History(
        buyers.stream().map(Buyer::days).toList(),
        buyers.stream().mapToLong(Buyer::purchases).sum());
  }

  /** The first day with a purchase; there must be one. */
  public int first() {
    return customers.stream()
        .filter(days -> days.size() > 0)
        .mapToInt(days -> days.day(0))
        .min()
        .orElseThrow();
  }

  /** The last day with a purchase; there must be one. */
  public int last() {
    return customers.stream()
        .filter(days -> days.size() > 0)
        .mapToInt(days -> days.day(days.size() - 1))
        .max()
        .orElseThrow();
  }
}
