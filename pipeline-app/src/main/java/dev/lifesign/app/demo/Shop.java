package dev.lifesign.app.demo;

import dev.lifesign.domain.event.Billing;
import dev.lifesign.domain.event.Contact;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Feedback;
import dev.lifesign.domain.event.Loyalty;
import dev.lifesign.domain.event.OrderLine;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.Social;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.SubscriptionKind;
import dev.lifesign.domain.event.Support;
import dev.lifesign.domain.time.Instants;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A simulated shop. Each customer buys at its own exponential rate and leaves at an instant that
 * the shop knows and the pipeline does not; then another customer takes its place. The events
 * depend only on the seed and the number of customers, not on how the simulation is divided into
 * steps.
 */
public final class Shop {

  /** When the shop opens. */
  public static final long OPENING = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();

  private static final long MONTH = 30 * Instants.DAY;
  private static final int OPENING_DAYS = 60;

  private final long seed;
  private final PriorityQueue<Visitor> next =
      new PriorityQueue<>(
          Comparator.comparingLong((Visitor visitor) -> visitor.nextAt)
              .thenComparingLong(visitor -> visitor.number));
  private long customers;

  /**
   * Opens a shop.
   *
   * @param seed the seed of the simulation
   * @param customers the number of customers at a time
   */
  public Shop(long seed, int customers) {
    this.seed = seed;
    for (int i = 0; i < customers; i++) {
      Random random = random(this.customers);
      join(OPENING + (long) (random.nextDouble() * OPENING_DAYS * Instants.DAY));
    }
  }

  /** Simulates up to an instant, exclusive, and emits the events in order. */
  public void playTo(long until, Consumer<Event> events) {
    while (next.peek().nextAt < until) {
      Visitor visitor = next.remove();
      if (visitor.nextAt >= visitor.dropOut) {
        long gap = (long) (visitor.random.nextDouble() * 20 * Instants.DAY);
        visitor.leave(events);
        join(visitor.nextAt + gap);
      } else {
        visitor.visit(events);
        next.add(visitor);
      }
    }
  }

  private void join(long at) {
    next.add(new Visitor(customers, at, random(customers)));
    customers++;
  }

  private Random random(long customer) {
    return new Random(seed * 1_000_003 + customer * 7_919);
  }

  /** One customer of the shop. */
  private static final class Visitor {
    private final long number;
    private final Random random;
    private final String id;
    private final double meanGap;
    private final long dropOut;
    private final boolean subscriber;
    private long nextAt;
    private long renewal;
    private boolean subscribed;
    private int events;
    private int orders;

    Visitor(long number, long joinsAt, Random random) {
      this.number = number;
      this.random = random;
      this.id = "c-%06d".formatted(number);
      this.meanGap = (2 + 14 * random.nextDouble()) * Instants.DAY;
      this.dropOut = joinsAt + 5 * Instants.DAY + exponential(180.0 * Instants.DAY);
      this.subscriber = random.nextInt(4) == 0;
      this.nextAt = joinsAt;
      this.renewal = joinsAt;
    }

    void visit(Consumer<Event> out) {
      long at = nextAt;
      if (subscriber && at >= renewal) {
        renew(at, out);
      } else {
        shop(at, out);
      }
      nextAt = Math.min(at + 1_000 + exponential(meanGap), dropOut);
      if (subscriber && renewal > at) {
        nextAt = Math.min(nextAt, renewal);
      }
    }

    void leave(Consumer<Event> out) {
      if (subscribed) {
        out.accept(
            subscription(
                nextAt,
                random.nextBoolean()
                    ? SubscriptionChange.Action.CANCEL_SCHEDULED
                    : SubscriptionChange.Action.PAYMENT_FAILED,
                0,
                OptionalLong.of(renewal)));
      }
    }

    private void renew(long at, Consumer<Event> out) {
      int luck = random.nextInt(20);
      SubscriptionChange.Action action =
          !subscribed
              ? SubscriptionChange.Action.STARTED
              : luck == 0
                  ? SubscriptionChange.Action.UPGRADED
                  : luck == 1
                      ? SubscriptionChange.Action.PAYMENT_FAILED
                      : luck == 2
                          ? SubscriptionChange.Action.PAUSED
                          : SubscriptionChange.Action.RENEWED;
      boolean paid =
          action != SubscriptionChange.Action.PAYMENT_FAILED
              && action != SubscriptionChange.Action.PAUSED;
      subscribed = true;
      renewal = paid ? at + MONTH : at + 3 * Instants.DAY;
      out.accept(
          subscription(
              at,
              action,
              paid ? 1_299 : 0,
              paid ? OptionalLong.of(renewal) : OptionalLong.empty()));
    }

    private void shop(long at, Consumer<Event> out) {
      int luck = random.nextInt(100);
      if (luck < 45 || orders == 0) {
        orders++;
        out.accept(purchase(at, Purchase.Action.PURCHASE));
      } else if (luck < 49) {
        out.accept(purchase(at, Purchase.Action.REFUND));
      } else if (luck < 75) {
        out.accept(
            new Contact(
                eventId(), id, at, pick(Contact.Action.values()), pick(Contact.Channel.values())));
      } else if (luck < 81) {
        out.accept(
            new Support(
                eventId(),
                id,
                at,
                pick(Support.Action.values()),
                "t-" + number + "-" + events,
                pick(Support.Category.values()),
                "EMAIL"));
      } else if (luck < 87) {
        out.accept(
            new Social(
                eventId(),
                id,
                at,
                pick(Social.Action.values()),
                "mastodon",
                OptionalDouble.of(Math.rint(200 * random.nextDouble() - 100) / 100),
                OptionalInt.of(1 + random.nextInt(5))));
      } else if (luck < 92) {
        out.accept(
            new Feedback(eventId(), id, at, Feedback.Action.NPS, random.nextInt(11), 10, ""));
      } else {
        out.accept(
            new Loyalty(
                eventId(), id, at, pick(Loyalty.Action.values()), random.nextInt(500), "silver"));
      }
    }

    private Purchase purchase(long at, Purchase.Action action) {
      long amount = 500 + (long) (5_000 * -Math.log1p(-random.nextDouble()));
      return new Purchase(
          eventId(),
          id,
          at,
          action,
          "o-" + number + "-" + orders,
          amount,
          random.nextInt(5) == 0 ? "EUR" : "USD",
          List.of(new OrderLine("sku-" + random.nextInt(100), "things", 1, amount)),
          random.nextInt(3) == 0 ? "STORE" : "WEB");
    }

    private SubscriptionChange subscription(
        long at, SubscriptionChange.Action action, long amount, OptionalLong paidThrough) {
      return new SubscriptionChange(
          eventId(),
          id,
          at,
          action,
          "s-" + number,
          SubscriptionKind.SERVICE,
          "plus",
          Billing.of(amount, amount == 0 ? "" : "USD"),
          paidThrough,
          "");
    }

    private String eventId() {
      return id + "-" + events++;
    }

    private long exponential(double mean) {
      return (long) (mean * -Math.log1p(-random.nextDouble()));
    }

    private <T> T pick(T[] values) {
      return values[random.nextInt(values.length)];
    }
  }
}
