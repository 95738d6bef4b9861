package dev.lifesign.app.fit;

import dev.lifesign.core.customer.RecentEvents;
import dev.lifesign.core.event.Purchase;
import dev.lifesign.core.model.PurchaseDays;
import dev.lifesign.core.policy.Currencies;
import dev.lifesign.core.time.Instants;
import java.util.Arrays;

/**
 * What a customer buys, as it is told. An event that is told twice is known as long as the timeline
 * would know it.
 */
public final class Buyer {

  private static final long[] NONE = {};
  private static final int USUAL_ROOM = 2;

  private final PurchaseDays days;
  private int purchases;

  /** The last ids, as {@link RecentEvents} has them, in a ring. */
  private long[] recent;

  private int ids;

  /** Nothing yet. */
  public Buyer() {
    this(USUAL_ROOM);
  }

  /**
   * Nothing yet.
   *
   * @param events for how many there is room at first, 1 or more
   */
  public Buyer(int events) {
    days = new PurchaseDays(events);
    recent = new long[Math.min(events, RecentEvents.SIZE)];
  }

  /** All is told: what is needed to know duplicates is given back. */
  public void finish() {
    recent = NONE;
  }

  /**
   * Takes a purchase or a refund, unless it is known already.
   *
   * @param settled accepted and settled
   * @param currencies money in a currency without a rate counts 0
   */
  public void take(Purchase settled, Currencies currencies) {
    take(
        RecentEvents.hash(settled.eventId()),
        settled.occurredAt(),
        settled.action(),
        currencies.toBase(settled.amount(), settled.currency()).orElse(0));
  }

  /**
   * Takes a purchase or a refund, unless it is known already.
   *
   * @param id the event's, as {@link RecentEvents} hashes it
   * @param occurredAt settled
   * @param amount in minor units of the base currency
   */
  public void take(long id, long occurredAt, Purchase.Action action, long amount) {
    if (knows(id)) {
      return;
    }
    int day = Instants.dayOf(occurredAt);
    if (action == Purchase.Action.PURCHASE) {
      days.add(day, amount);
      purchases++;
    } else {
      days.refund(day, amount);
    }
  }

  PurchaseDays days() {
    return days;
  }

  int purchases() {
    return purchases;
  }

  /** Whether something was told of it, were it a refund only. */
  public boolean isKnown() {
    return ids > 0;
  }

  /** Whether an event is known; it is from now on. */
  private boolean knows(long hash) {
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
