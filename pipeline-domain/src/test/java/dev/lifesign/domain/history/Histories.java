package dev.lifesign.domain.history;

import dev.lifesign.domain.event.Billing;
import dev.lifesign.domain.event.Contact;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Feedback;
import dev.lifesign.domain.event.Loyalty;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.Social;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.SubscriptionKind;
import dev.lifesign.domain.event.Support;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Random histories of one customer: all families, late and duplicate events, pauses, lapses,
 * returns. Steps come from a small set, so that instants often coincide with deadlines.
 */
public final class Histories {

  /** Where histories begin. */
  public static final long START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();

  /** Before and during the last summer times of Iran, the skipped day of Samoa, and so on. */
  private static final long[] STARTS = {
    START,
    Instant.parse("2010-09-20T00:00:00Z").toEpochMilli(),
    Instant.parse("2011-11-01T00:00:00Z").toEpochMilli(),
    Instant.parse("2021-03-01T00:00:00Z").toEpochMilli(),
    Instant.parse("2023-03-20T00:00:00Z").toEpochMilli()
  };

  private static final long[] GAPS = {
    1, 1, 5_000, hours(1), hours(1), hours(7), days(1), days(1), days(2), days(5), days(7),
    days(10), days(14), days(30), days(30), days(45), days(60), days(90), days(120)
  };
  private static final long[] DELAYS = {
    0, 0, 0, 0, 0, 0, 0, 0, 1, 3_000, 5_000, 5_001, hours(1), days(1), days(3), days(20), days(100)
  };
  private static final long[] PERIODS = {days(1), days(7), days(30), days(30), days(90)};

  private static final String[] STATED = {
    "P1M", "P1M", "P1W", "P3M", "P1Y", "P30D", "P45D", "PT1H"
  };

  private final Random random;
  private final String customerId;
  private final Optional<ZoneId> zone;
  private final long start;

  private Histories(long seed, String customerId, Optional<ZoneId> zone, long start) {
    this.random = new Random(seed);
    this.customerId = customerId;
    this.zone = zone;
    this.start = start;
  }

  /** The history for a seed, with ascending and distinct arrivals. */
  public static List<Arrival> of(long seed, String customerId, int maxEvents) {
    return new Histories(seed, customerId, Optional.empty(), START).arrivals(maxEvents);
  }

  /**
   * The same for a company in a zone: it may begin in any of the years in which zones changed their
   * clocks at midnight, and many instants are at the begin of a local day, or a millisecond before.
   */
  public static List<Arrival> in(ZoneId zone, long seed, String customerId, int maxEvents) {
    long start = STARTS[new Random(seed).nextInt(STARTS.length)];
    return new Histories(seed, customerId, Optional.of(zone), start).arrivals(maxEvents);
  }

  private List<Arrival> arrivals(int maxEvents) {
    List<Arrival> arrivals = new ArrayList<>();
    int count = 1 + random.nextInt(maxEvents);
    int subscriber = random.nextInt(3);
    long now = start + random.nextInt(5) * hours(5);
    for (int i = 0; i < count; i++) {
      now = moved(now + GAPS[random.nextInt(GAPS.length)]);
      if (!arrivals.isEmpty() && random.nextInt(12) == 0) {
        Event again = arrivals.get(random.nextInt(arrivals.size())).event();
        arrivals.add(new Arrival(again, now));
        continue;
      }
      long occurredAt =
          random.nextInt(20) == 0
              ? now + random.nextInt(300_000)
              : now - DELAYS[random.nextInt(DELAYS.length)];
      arrivals.add(new Arrival(event(customerId + "-" + i, occurredAt, subscriber), now));
    }
    return arrivals;
  }

  /** Often moved on to just before, or to, the begin of the next local day. */
  private long moved(long instant) {
    if (zone.isEmpty() || random.nextInt(3) > 0) {
      return instant;
    }
    LocalDate date = LocalDate.ofInstant(Instant.ofEpochMilli(instant), zone.get());
    long midnight = date.plusDays(1).atStartOfDay(zone.get()).toInstant().toEpochMilli();
    return Math.max(instant, midnight - random.nextInt(2));
  }

  private Event event(String id, long at, int subscriber) {
    int kind = random.nextInt(10);
    if (kind < 3) {
      return purchase(id, at);
    }
    if (kind < 3 + 2 * subscriber) {
      return subscription(id, at);
    }
    return switch (random.nextInt(6)) {
      case 0 -> purchase(id, at);
      case 1 ->
          new Support(
              id, customerId, at, pick(Support.Action.values()), "t1", Support.Category.OTHER, "");
      case 2 ->
          new Social(
              id,
              customerId,
              at,
              pick(Social.Action.values()),
              "n",
              OptionalDouble.empty(),
              OptionalInt.empty());
      case 3 -> new Feedback(id, customerId, at, pick(Feedback.Action.values()), 4, 5, "");
      case 4 -> new Loyalty(id, customerId, at, pick(Loyalty.Action.values()), 10, "");
      default ->
          new Contact(id, customerId, at, pick(Contact.Action.values()), Contact.Channel.EMAIL);
    };
  }

  private Event purchase(String id, long at) {
    return new Purchase(
        id,
        customerId,
        at,
        random.nextInt(6) == 0 ? Purchase.Action.REFUND : Purchase.Action.PURCHASE,
        "o-" + id,
        random.nextInt(10_000),
        random.nextInt(5) == 0 ? "EUR" : random.nextInt(20) == 0 ? "XAU" : "USD",
        List.of(),
        "");
  }

  private Event subscription(String id, long at) {
    OptionalLong paidThrough = OptionalLong.empty();
    if (random.nextInt(3) > 0) {
      long period = PERIODS[random.nextInt(PERIODS.length)];
      paidThrough = OptionalLong.of(random.nextInt(8) == 0 ? at - period : at + period);
    }
    long amount = random.nextInt(3) == 0 ? 0 : 999;
    return new SubscriptionChange(
        id,
        customerId,
        at,
        random.nextInt(3) == 0
            ? SubscriptionChange.Action.RENEWED
            : pick(SubscriptionChange.Action.values()),
        "s" + random.nextInt(3),
        pick(SubscriptionKind.values()),
        "basic",
        billing(amount),
        paidThrough,
        "");
  }

  private Billing billing(long amount) {
    String currency =
        amount == 0 && random.nextBoolean() ? "" : random.nextInt(5) == 0 ? "EUR" : "USD";
    int stated = random.nextInt(4 * STATED.length);
    return new Billing(
        amount,
        currency,
        stated < STATED.length ? STATED[stated] : "",
        random.nextInt(3) == 0 ? OptionalLong.of(random.nextInt(4)) : OptionalLong.empty(),
        amount > 0 && random.nextInt(4) == 0
            ? OptionalLong.of(random.nextInt(2_000))
            : OptionalLong.empty(),
        random.nextInt(6) == 0);
  }

  private <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private static long days(int days) {
    return Duration.ofDays(days).toMillis();
  }

  private static long hours(int hours) {
    return Duration.ofHours(hours).toMillis();
  }
}
