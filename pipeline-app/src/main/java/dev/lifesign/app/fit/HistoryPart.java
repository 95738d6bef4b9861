package dev.lifesign.app.fit;

import dev.lifesign.core.customer.RecentEvents;
import dev.lifesign.core.event.Purchase;
import dev.lifesign.core.model.PurchaseDays;
import dev.lifesign.core.policy.Currencies;
import dev.lifesign.core.time.Instants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** The purchase days of some of a history's customers. For one thread at a time. */
public final class HistoryPart {

  private final Currencies currencies;
  private final List<Buyer> buyers = new ArrayList<>();
  private int first = Integer.MAX_VALUE;
  private int last = Integer.MIN_VALUE;
  private long purchases;

  /**
   * No customers.
   *
   * @param currencies money in a currency without a rate counts 0
   */
  public HistoryPart(Currencies currencies) {
    this.currencies = currencies;
  }

  /** Another customer, who has bought nothing yet. */
  Buyer buyer() {
    Buyer buyer = new Buyer();
    buyers.add(buyer);
    return buyer;
  }

  /**
   * Takes a purchase or a refund, unless the customer knows it already.
   *
   * @param settled accepted and settled
   */
  void take(Buyer buyer, Purchase settled) {
    if (buyer.knows(settled.eventId())) {
      return;
    }
    int day = Instants.dayOf(settled.occurredAt());
    OptionalLong amount = currencies.toBase(settled.amount(), settled.currency());
    if (settled.action() == Purchase.Action.PURCHASE) {
      buyer.days.add(day, amount.orElse(0));
      first = Math.min(first, day);
      last = Math.max(last, day);
      purchases++;
    } else {
      buyer.days.refund(day, amount.orElse(0));
    }
  }

  /**
   * Takes all purchases and refunds of a customer of its own.
   *
   * @param settled accepted and settled, in the order of arrival; nothing is no customer
   */
  public void take(List<Purchase> settled) {
    if (!settled.isEmpty()) {
      Buyer buyer = buyer();
      settled.forEach(purchase -> take(buyer, purchase));
    }
  }

  /**
   * Sorts the customers: sums of what they are differ in their last digits with the order in which
   * they are added up.
   *
   * @param sorted the same customers
   */
  void sort(List<Buyer> sorted) {
    buyers.clear();
    buyers.addAll(sorted);
  }

  List<PurchaseDays> customers() {
    return buyers.stream().map(buyer -> buyer.days).toList();
  }

  int first() {
    return first;
  }

  int last() {
    return last;
  }

  long purchases() {
    return purchases;
  }

  /** A customer, with a number or two for each purchase day. */
  static final class Buyer {

    private final PurchaseDays days = new PurchaseDays();

    /** The last ids, as {@link RecentEvents} has them, in a ring. */
    private long[] recent = new long[2];

    private int ids;

    private Buyer() {}

    /** Whether an event is known; it is from now on. */
    private boolean knows(String eventId) {
      long hash = RecentEvents.hash(eventId);
      for (int i = Math.min(ids, recent.length) - 1; i >= 0; i--) {
        if (recent[i] == hash) {
          return true;
        }
      }
      if (ids == recent.length && ids < RecentEvents.SIZE) {
        recent = Arrays.copyOf(recent, 2 * ids);
      }
      recent[ids % recent.length] = hash;
      ids++;
      return false;
    }
  }
}
