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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The purchase days of every customer of a history. Holds a number or two for each purchase day of
 * each customer, whatever else the history tells.
 */
public final class History {

  /** Customers are shared out to so many parts, which are filled side by side. */
  private static final int PARTS = 16;

  private final List<Part> parts = new ArrayList<>();
  private final Currencies currencies;
  private final long until;

  private History(Currencies currencies, long until) {
    this.currencies = currencies;
    this.until = until;
    for (int i = 0; i < PARTS; i++) {
      parts.add(new Part());
    }
  }

  /**
   * Reads a history.
   *
   * @param currencies money in a currency without a rate counts 0
   * @param until lines that arrive later are left out
   * @param read is told how many lines were read
   * @param unreadable is told each line that is no event
   */
  public static History read(
      EventFile file,
      Currencies currencies,
      long until,
      IntConsumer read,
      Consumer<Line> unreadable) {
    History history = new History(currencies, until);
    file.readMany(
        batch -> {
          history.take(batch, unreadable);
          read.accept(batch.size());
        });
    return history;
  }

  /** A history without events, which takes those that arrive until an instant. */
  public static History until(long until, Currencies currencies) {
    return new History(currencies, until);
  }

  /**
   * Takes lines in the order of the file.
   *
   * @param unreadable is told each line that is no event
   */
  public void take(List<Line> batch, Consumer<Line> unreadable) {
    batch.stream().filter(line -> line.event().isEmpty()).forEach(unreadable);
    IntStream.range(0, PARTS)
        .parallel()
        .forEach(
            part -> {
              for (Line line : batch) {
                if (line.event().isPresent() && part(line.event().get()) == part) {
                  parts.get(part).take(line.event().get(), line.arrivedAt());
                }
              }
            });
  }

  /** Takes an event, if it is a purchase that is accepted and no duplicate. */
  void take(Event event, long arrivedAt) {
    parts.get(part(event)).take(event, arrivedAt);
  }

  private static int part(Event event) {
    return Math.floorMod(event.customerId().hashCode(), PARTS);
  }

  /** Some of the customers. */
  private final class Part {

    private final Map<String, Known> customers = new HashMap<>();
    private int first = Integer.MAX_VALUE;
    private int last = Integer.MIN_VALUE;
    private long purchases;

    void take(Event event, long arrivedAt) {
      if (arrivedAt > until
          || !(event instanceof Purchase purchase)
          || Acceptance.check(event, arrivedAt).isPresent()) {
        return;
      }
      Known known = customers.computeIfAbsent(event.customerId(), any -> new Known());
      if (known.has(event.eventId())) {
        return;
      }
      Purchase settled = (Purchase) Acceptance.settle(purchase, arrivedAt);
      int day = Instants.dayOf(settled.occurredAt());
      OptionalLong amount = currencies.toBase(settled.amount(), settled.currency());
      if (settled.action() == Purchase.Action.PURCHASE) {
        known.days.add(day, amount.orElse(0));
        first = Math.min(first, day);
        last = Math.max(last, day);
        purchases++;
      } else {
        known.days.refund(day, amount.orElse(0));
      }
    }
  }

  /** What is kept for a customer. */
  private static final class Known {

    private final PurchaseDays days = new PurchaseDays();

    /** The last ids, as {@link RecentEvents} has them, in a ring. */
    private long[] recent = new long[2];

    private int ids;

    /** Whether an event is known; it is from now on. */
    boolean has(String eventId) {
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

  /** The customers; some may have refunds and no purchase. */
  public List<PurchaseDays> customers() {
    return parts.stream()
        .flatMap(part -> part.customers.values().stream())
        .map(known -> known.days)
        .toList();
  }

  /** The first day with a purchase. */
  public int first() {
    return parts.stream().mapToInt(part -> part.first).min().orElseThrow();
  }

  /** The last day with a purchase. */
  public int last() {
    return parts.stream().mapToInt(part -> part.last).max().orElseThrow();
  }

  /** How many purchases. */
  public long purchases() {
    return parts.stream().mapToLong(part -> part.purchases).sum();
  }
}
