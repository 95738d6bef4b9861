package dev.lifesign.domain.customer;

import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.policy.Currencies;
import dev.lifesign.domain.policy.Policy.SubscriptionTerms;
import dev.lifesign.domain.time.Instants;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * A customer's subscriptions, by id.
 *
 * @param list ascending by id, at most {@link #LIMIT}
 * @param entitledSince when an event last found the customer not entitled and left it entitled;
 *     NEVER if none did
 */
public record Subscriptions(List<Subscription> list, long entitledSince) {

  /** The most subscriptions a customer can have; those that ended longest ago are dropped first. */
  public static final int LIMIT = 1_000;

  /** No subscriptions. */
  public static final Subscriptions NONE = new Subscriptions(List.of(), Instants.NEVER);

  /** Keeps its own copy. */
  public Subscriptions {
    list = List.copyOf(list);
  }

  /**
   * The effect of an event.
   *
   * @param subscriptions the subscriptions after it
   * @param applied whether it was applied to its subscription
   * @param first whether it was the first event of its subscription
   * @param leftEntitled whether it left its subscription entitled at {@code occurredAt}
   */
  public record Applied(
      Subscriptions subscriptions, boolean applied, boolean first, boolean leftEntitled) {}

  /** Whether any of them entitles at the instant. */
  public boolean entitledAt(long at) {
    for (Subscription subscription : list) {
      if (subscription.entitledAt(at)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The subscriptions after an event.
   *
   * @param event what happened
   * @param terms grace period and longest pause
   * @param currencies the rates in force, which a price that the event states keeps
   * @param clock the customer's clock, to find the subscription that ended longest ago
   */
  public Applied after(
      SubscriptionChange event, SubscriptionTerms terms, Currencies currencies, long clock) {
    int index = index(event.subscriptionId());
    boolean first = index < 0;
    Subscription found = first ? Subscription.unknown(event) : list.get(index);
    if (!found.applies(event)) {
      return new Applied(this, false, false, false);
    }
    Subscription next = found.after(event, terms, currencies);
    List<Subscription> all = new ArrayList<>(list);
    if (first) {
      int insertion = -index - 1;
      if (all.size() == LIMIT) {
        int dropped = longestEnded(clock);
        all.remove(dropped);
        insertion -= dropped < insertion ? 1 : 0;
      }
      all.add(insertion, next);
    } else {
      all.set(index, next);
    }
    boolean leftEntitled = next.entitledAt(event.occurredAt());
    boolean begins = leftEntitled && !entitledAt(event.occurredAt() - 1);
    Subscriptions after = new Subscriptions(all, begins ? event.occurredAt() : entitledSince);
    return new Applied(after, true, first, leftEntitled);
  }

  /** The last number of units stated for a subscription; empty if none was. */
  public OptionalLong quantity(String id) {
    int index = index(id);
    return index < 0 ? OptionalLong.empty() : list.get(index).quantity();
  }

  private int index(String id) {
    int low = 0;
    int high = list.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = list.get(middle).id().compareTo(id);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  private int longestEnded(long clock) {
    Comparator<Subscription> order =
        Comparator.<Subscription, Boolean>comparing(s -> s.entitledAt(clock))
            .thenComparingLong(s -> endOrder(s, clock))
            .thenComparing(Subscription::id);
    return list.indexOf(list.stream().min(order).orElseThrow());
  }

  private static long endOrder(Subscription subscription, long clock) {
    if (subscription.entitledAt(clock)) {
      return subscription.entitledUntil();
    }
    long end = subscription.endAt(clock);
    return end == Instants.NEVER ? subscription.lastAppliedAt() : end;
  }
}
