package dev.lifesign.bench.job;

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
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.IntSupplier;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.RejectionInversionZipfSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * The events of a job in order of arrival: all families, some late, some duplicated. Arrivals
 * ascend, and those of a customer are distinct.
 */
public final class JobEvents implements Iterator<JobEvents.Arrived> {

  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long PERIOD = Duration.ofDays(30).toMillis();
  private static final String[] CATEGORIES = {"home", "garden", "books", "shoes"};

  /** The actions on subscriptions: mostly renewals, and occasionally each of the others. */
  private static final SubscriptionChange.Action[] SUBSCRIPTION_ACTIONS = subscriptionActions();

  private static final Contact.Action[] CONTACT_ACTIONS = {
    Contact.Action.VIEWED,
    Contact.Action.VIEWED,
    Contact.Action.CLICKED,
    Contact.Action.OPENED,
    Contact.Action.LOGGED_IN
  };

  private final Job job;
  private final UniformRandomProvider random;
  private final IntSupplier customers;
  private final long[] lastArrival;
  private final boolean[] subscribed;
  private long next;

  /**
   * An event and its arrival.
   *
   * @param event what occurred
   * @param arrivedAt milliseconds since 1970
   * @param customer its number
   */
  public record Arrived(Event event, long arrivedAt, int customer) {}

  /** The events of a job, from its beginning. */
  public JobEvents(Job job) {
    this.job = job;
    this.random = RandomSource.XO_RO_SHI_RO_128_PP.create(job.seed());
    if (job.skew() == 0) {
      this.customers = () -> random.nextInt(job.customers());
    } else {
      var zipf = RejectionInversionZipfSampler.of(random, job.customers(), job.skew());
      this.customers = () -> zipf.sample() - 1;
    }
    this.lastArrival = new long[job.customers()];
    this.subscribed = new boolean[job.customers()];
  }

  @Override
  public boolean hasNext() {
    return next < job.total();
  }

  @Override
  public Arrived next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    long number = next++;
    boolean introduction = number < job.customers();
    int customer = introduction ? (int) number : customers.getAsInt();
    long arrivedAt = Math.max(job.arrival(number), lastArrival[customer] + 1);
    lastArrival[customer] = arrivedAt;
    long occurredAt =
        random.nextInt(50) == 0 && !introduction
            ? arrivedAt - random.nextInt(72) * HOUR
            : arrivedAt;
    boolean again = !introduction && random.nextInt(200) == 0;
    String id = again ? "first-" + customer : introduction ? "first-" + customer : "e-" + number;
    String customerId = Job.customerId(customer);
    Event event =
        introduction
            ? purchase(id, customerId, occurredAt, Purchase.Action.PURCHASE)
            : event(id, customer, customerId, occurredAt);
    return new Arrived(event, arrivedAt, customer);
  }

  private Event event(String id, int customer, String customerId, long at) {
    int kind = random.nextInt(100);
    if (kind < 33) {
      return purchase(id, customerId, at, Purchase.Action.PURCHASE);
    }
    if (kind < 35) {
      return purchase(id, customerId, at, Purchase.Action.REFUND);
    }
    if (kind < 47) {
      return subscription(id, customer, customerId, at);
    }
    if (kind < 55) {
      return new Support(
          id,
          customerId,
          at,
          pick(Support.Action.values()),
          "ticket-" + random.nextInt(1_000_000),
          pick(Support.Category.values()),
          "web");
    }
    if (kind < 63) {
      return new Social(
          id,
          customerId,
          at,
          pick(Social.Action.values()),
          "network",
          OptionalDouble.of(random.nextDouble()),
          OptionalInt.empty());
    }
    if (kind < 90) {
      return new Contact(id, customerId, at, pick(CONTACT_ACTIONS), pick(Contact.Channel.values()));
    }
    if (kind < 94) {
      return new Feedback(
          id, customerId, at, Feedback.Action.CSAT, 1 + random.nextInt(5), 5, "as expected");
    }
    return new Loyalty(
        id, customerId, at, pick(Loyalty.Action.values()), random.nextInt(500), "silver");
  }

  private Purchase purchase(String id, String customerId, long at, Purchase.Action action) {
    long amount = 500L + random.nextInt(20_000);
    return new Purchase(
        id,
        customerId,
        at,
        action,
        "order-" + id,
        amount,
        random.nextInt(4) == 0 ? "EUR" : "USD",
        List.of(new OrderLine("sku-" + random.nextInt(10_000), pick(CATEGORIES), 1, amount)),
        "web");
  }

  private SubscriptionChange subscription(String id, int customer, String customerId, long at) {
    SubscriptionChange.Action action =
        subscribed[customer] ? pick(SUBSCRIPTION_ACTIONS) : SubscriptionChange.Action.STARTED;
    subscribed[customer] = true;
    return new SubscriptionChange(
        id,
        customerId,
        at,
        action,
        "subscription-1",
        SubscriptionKind.SERVICE,
        "standard",
        Billing.of(1_900, "USD"),
        OptionalLong.of(at + PERIOD),
        "");
  }

  private static SubscriptionChange.Action[] subscriptionActions() {
    SubscriptionChange.Action[] others = SubscriptionChange.Action.values();
    SubscriptionChange.Action[] actions = new SubscriptionChange.Action[4 * others.length];
    Arrays.fill(actions, SubscriptionChange.Action.RENEWED);
    System.arraycopy(others, 0, actions, 0, others.length);
    return actions;
  }

  private <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
