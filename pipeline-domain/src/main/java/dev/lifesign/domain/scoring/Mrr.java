package dev.lifesign.domain.scoring;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.Money;
import dev.lifesign.domain.customer.Subscription;

/**
 * A customer's monthly recurring revenue (semantics, MRR). Without a further event it changes only
 * where an entitlement ends, which is a deadline.
 */
public final class Mrr {

  private Mrr() {}

  /**
   * The revenue per month at an instant, minor units of the base currency, 0 or more, at most
   * {@code Long.MAX_VALUE}: the sum over the entitled subscriptions that are neither trials nor
   * paused, each rounded half-even; one without a period or a rate adds nothing.
   */
  public static long of(Customer customer, long at) {
    long sum = 0;
    for (Subscription subscription : customer.subscriptions().list()) {
      if (subscription.isBilledAt(at)) {
        sum = Money.plus(sum, subscription.perMonth());
      }
    }
    return sum;
  }
}
