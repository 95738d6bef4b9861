package dev.lifesign.lab.fit;

import dev.lifesign.domain.model.PurchaseDays;
import java.util.ArrayList;
import java.util.List;

/**
 * A customer's refunds, which wait until all purchases are known. Each is subtracted from the
 * purchase day of its order, or else from the last purchase day up to its own: so the order in
 * which events come does not matter.
 */
final class Refunds {

  /** The order of an event that names none. */
  static final long NO_ORDER = 0;

  /** Of purchases and refunds alike; the order is a hash. */
  private record Entry(long order, int day, long amount) {}

  private final List<Entry> purchases = new ArrayList<>(1);
  private final List<Entry> refunds = new ArrayList<>(0);

  /** Remembers the order of a purchase. */
  void purchase(long order, int day) {
    if (order != NO_ORDER) {
      purchases.add(new Entry(order, day, 0));
    }
  }

  /** Remembers a refund. */
  void refund(long order, int day, long amount) {
    refunds.add(new Entry(order, day, amount));
  }

  boolean isEmpty() {
    return refunds.isEmpty();
  }

  /** Subtracts the refunds. */
  void settle(PurchaseDays days) {
    for (Entry refund : refunds) {
      days.refund(dayOf(refund), refund.amount());
    }
  }

  /**
   * The last day of its order up to the refund, else the first one of its order, else its own day.
   */
  private int dayOf(Entry refund) {
    int before = Integer.MIN_VALUE;
    int after = Integer.MAX_VALUE;
    for (Entry purchase : purchases) {
      if (purchase.order() == refund.order()) {
        if (purchase.day() <= refund.day()) {
          before = Math.max(before, purchase.day());
        } else {
          after = Math.min(after, purchase.day());
        }
      }
    }
    if (before != Integer.MIN_VALUE) {
      return before;
    }
    return after == Integer.MAX_VALUE ? refund.day() : after;
  }
}
