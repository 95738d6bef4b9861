package dev.lifesign.core.customer;

import dev.lifesign.core.event.SubscriptionChange;
import dev.lifesign.core.policy.Policy.SubscriptionTerms;
import dev.lifesign.core.time.Instants;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The subscriptions of a customer, by id.
 *
 * @param list ascending by id, at most {@link #LIMIT}
 * @param entitledSince when the customer was last found not entitled and left entitled; NEVER if it
 *     never was
 */
public record Subscriptions(List<Subscription> list, long entitledSince) {

  /** The most subscriptions of a customer; the longest ended are forgotten first. */
  public static final int LIMIT = 1_000;

  /** None. */
  public static final Subscriptions NONE = new Subscriptions(List.of(), Instants.NEVER);

  /** Keeps its own copy. */
  public Subscriptions {
    list = List.copyOf(list);
  }

  /**
   * What an event did.
   *
   * @param subscriptions the subscriptions after it
   * @param applied whether it was applied to its subscription
   * @param first whether it was the first heard of its subscription
   * @param leftEntitled whether its subscription is entitled at {@code occurredAt} after it
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
   * After an event.
   *
   * @param event what happened
   * @param terms grace and pauses
   * @param clock the customer's clock, for finding what ended longest ago
   */
  public Applied after(SubscriptionChange event, SubscriptionTerms terms, long clock) {
    int place = place(event.subscriptionId());
    boolean first = place < 0;
    Subscription found = first ? Subscription.unheard(event) : list.get(place);
    if (!found.takes(event)) {
      return new Applied(this, false, false, false);
    }
    Subscription next = found.after(event, terms);
    List<Subscription> all = new ArrayList<>(list);
    if (first) {
      int insertion = -place - 1;
      if (all.size() == LIMIT) {
        int forgotten = longestEnded(clock);
        all.remove(forgotten);
        insertion -= forgotten < insertion ? 1 : 0;
      }
      all.add(insertion, next);
    } else {
      all.set(place, next);
    }
    boolean leftEntitled = next.entitledAt(event.occurredAt());
    boolean begins = leftEntitled && !entitledAt(event.occurredAt() - 1);
    Subscriptions after = new Subscriptions(all, begins ? event.occurredAt() : entitledSince);
    return new Applied(after, true, first, leftEntitled);
  }

  private int place(String id) {
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
            .thenComparingLong(s -> forgettingOrder(s, clock))
            .thenComparing(Subscription::id);
    return list.indexOf(list.stream().min(order).orElseThrow());
  }

  private static long forgettingOrder(Subscription subscription, long clock) {
    if (subscription.entitledAt(clock)) {
      return subscription.entitledUntil();
    }
    long end = subscription.endAt(clock);
    return end == Instants.NEVER ? subscription.lastAppliedAt() : end;
  }
}
