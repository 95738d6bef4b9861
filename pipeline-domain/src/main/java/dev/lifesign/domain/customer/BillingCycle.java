package dev.lifesign.domain.customer;

import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.SubscriptionChange.Action;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The period of a subscription's price, as stated by an event, or else as inferred from how far
 * ahead it was paid.
 *
 * @param period the period; empty if unknown
 * @param stated whether an event stated it, so that nothing inferred replaces it
 */
public record BillingCycle(Optional<BillingPeriod> period, boolean stated) {

  /** No period is known. */
  public static final BillingCycle UNKNOWN = new BillingCycle(Optional.empty(), false);

  /**
   * The period after an event that is applied. A stated text that is no period states nothing.
   *
   * <p>Semantics §9 leaves open what an event other than STARTED or RENEWED does where only such an
   * event told a period: a shorter one is taken for the rest of a period, as it is after a STARTED.
   */
  BillingCycle after(SubscriptionChange event) {
    Optional<BillingPeriod> named = BillingPeriod.of(event.billing().period());
    if (named.isPresent()) {
      return new BillingCycle(named, true);
    }
    OptionalLong ahead = event.paidAhead();
    if (stated || event.billing().trial() || ahead.isEmpty()) {
      return this;
    }
    BillingPeriod nearest = BillingPeriod.nearest(ahead.getAsLong());
    return period.isEmpty() || begins(event.action()) || nearest.isLongerThan(period.get())
        ? new BillingCycle(Optional.of(nearest), false)
        : this;
  }

  private static boolean begins(Action action) {
    return action == Action.STARTED || action == Action.RENEWED;
  }
}
