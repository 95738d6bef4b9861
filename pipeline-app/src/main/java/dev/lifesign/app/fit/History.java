package dev.lifesign.app.fit;

import dev.lifesign.core.model.PurchaseDays;
import java.util.List;

/**
 * The purchase days of every customer of a history. Sums over customers differ in their last digits
 * with their order, so whoever makes a history gives them in one that says nothing of the events'.
 *
 * @param customers some may have refunds and no purchase
 * @param purchases how many
 */
public record History(List<PurchaseDays> customers, long purchases) {

  /** Keeps its own copy. */
  public History {
    customers = List.copyOf(customers);
  }

  /** What those customers bought. */
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
