package dev.lifesign.app.fit;

import dev.lifesign.app.file.EventFile;
import dev.lifesign.app.file.Line;
import dev.lifesign.core.customer.RecentEvents;
import dev.lifesign.core.event.Acceptance;
import dev.lifesign.core.event.Event;
import dev.lifesign.core.event.Purchase;
import dev.lifesign.core.model.PurchaseDays;
import dev.lifesign.core.policy.Currencies;
import dev.lifesign.core.time.Instants;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The purchase days of every customer of a history. Holds a number or two for each purchase day of
 * each customer, whatever else the history tells.
 */
public final class History {

  private final Map<String, PurchaseDays> customers = new HashMap<>();
  private final Map<String, RecentEvents> recent = new HashMap<>();
  private final Currencies currencies;
  private final long until;
  private int first = Integer.MAX_VALUE;
  private int last = Integer.MIN_VALUE;
  private long events;

  private History(Currencies currencies, long until) {
    this.currencies = currencies;
    this.until = until;
  }

  /**
   * Reads a history.
   *
   * @param currencies money in a currency without a rate counts 0
   * @param until lines that arrive later are left out
   * @param read is told each line
   * @param unreadable is told each line that is no event
   */
  public static History read(
      EventFile file,
      Currencies currencies,
      long until,
      Consumer<Line> read,
      Consumer<Line> unreadable) {
    History history = new History(currencies, until);
    file.read(
        line -> {
          read.accept(line);
          if (line.event().isEmpty()) {
            unreadable.accept(line);
          } else {
            history.take(line);
          }
        });
    return history;
  }

  /** A history that takes events one by one, as they are read of topics. */
  static History empty(Currencies currencies) {
    return new History(currencies, Long.MAX_VALUE);
  }

  private void take(Line line) {
    take(line.event().orElseThrow(), line.arrivedAt());
  }

  /** Takes an event, if it is a purchase that is accepted and no duplicate. */
  void take(Event event, long arrivedAt) {
    if (arrivedAt > until
        || !(event instanceof Purchase purchase)
        || Acceptance.check(event, arrivedAt).isPresent()
        || isKnown(purchase)) {
      return;
    }
    Purchase settled = (Purchase) Acceptance.settle(purchase, arrivedAt);
    int day = Instants.dayOf(settled.occurredAt());
    OptionalLong amount = currencies.toBase(settled.amount(), settled.currency());
    PurchaseDays days = customers.computeIfAbsent(event.customerId(), any -> new PurchaseDays());
    if (settled.action() == Purchase.Action.PURCHASE) {
      days.add(day, amount.orElse(0));
      first = Math.min(first, day);
      last = Math.max(last, day);
      events++;
    } else {
      days.refund(day, amount.orElse(0));
    }
  }

  private boolean isKnown(Purchase purchase) {
    RecentEvents known = recent.getOrDefault(purchase.customerId(), RecentEvents.NONE);
    long hash = RecentEvents.hash(purchase.eventId());
    if (known.contains(hash)) {
      return true;
    }
    recent.put(purchase.customerId(), known.with(hash));
    return false;
  }

  /** The customers; some may have refunds and no purchase. */
  public Collection<PurchaseDays> customers() {
    return customers.values();
  }

  /** The first day with a purchase. */
  public int first() {
    return first;
  }

  /** The last day with a purchase. */
  public int last() {
    return last;
  }

  /** How many purchases. */
  public long purchases() {
    return events;
  }
}
