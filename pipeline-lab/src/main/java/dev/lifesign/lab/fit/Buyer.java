package dev.lifesign.lab.fit;

import dev.lifesign.domain.customer.RecentEvents;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.model.PurchaseDays;
import dev.lifesign.domain.policy.Policy;
import java.util.Arrays;

/** Collects a customer's purchases. Recognises duplicates just as the timeline does. */
public final class Buyer {

  private static final long[] NONE = {};
  private static final int USUAL_CAPACITY = 2;

  private final PurchaseDays days;

  /** Null once collecting has ended. */
  private Refunds refunds = new Refunds();

  private int purchases;

  /** The hashes of the last event ids, as in {@link RecentEvents}, in a ring buffer. */
  private long[] recent;

  private int ids;

  /** No purchases yet. */
  public Buyer() {
    this(USUAL_CAPACITY);
  }

  /**
   * No purchases yet.
   *
   * @param events the initial capacity in events, 1 or more
   */
  public Buyer(int events) {
    days = new PurchaseDays(events);
    recent = new long[Math.min(events, RecentEvents.SIZE)];
  }

  /** Ends the collecting: settles refunds, and frees the memory that is needed until then. */
  public void finish() {
    if (refunds != null) {
      refunds.settle(days);
      refunds = null;
    }
    recent = NONE;
  }

  /**
   * Adds a purchase or a refund, unless it is a duplicate.
   *
   * @param settled an accepted and settled event
   * @param policy whose calendar and currencies apply; money in a currency without a rate counts 0
   */
  public void accept(Purchase settled, Policy policy) {
    accept(
        RecentEvents.hash(settled.eventId()),
        policy.days().dayOf(settled.occurredAt()),
        settled.action(),
        policy.currency().toBase(settled.amount(), settled.currency()).orElse(0),
        order(settled.orderId()));
  }

  /**
   * Adds a purchase or a refund, unless it is a duplicate.
   *
   * @param id the event's id, hashed as by {@link RecentEvents}
   * @param day the policy's calendar day of its settled instant, days since 1970-01-01
   * @param amount in minor units of the base currency
   * @param order the order's id, hashed as by {@link RecentEvents}; 0 for none
   */
  public void accept(long id, int day, Purchase.Action action, long amount, long order) {
    if (seenBefore(id)) {
      return;
    }
    if (action == Purchase.Action.PURCHASE) {
      days.add(day, amount);
      refunds.purchase(order, day);
      purchases++;
    } else {
      refunds.refund(order, day, amount);
    }
  }

  private static long order(String id) {
    return id.isEmpty() ? Refunds.NO_ORDER : RecentEvents.hash(id);
  }

  /** The purchase days, net of the refunds known so far. */
  PurchaseDays days() {
    if (refunds == null || refunds.isEmpty()) {
      return days;
    }
    PurchaseDays net = days.copy();
    refunds.settle(net);
    return net;
  }

  int purchases() {
    return purchases;
  }

  /** Whether the customer has any purchase or refund. */
  public boolean isKnown() {
    return ids > 0;
  }

  /** Whether an event was seen before; remembers it. */
  private boolean seenBefore(long hash) {
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
