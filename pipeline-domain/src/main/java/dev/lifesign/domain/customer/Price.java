package dev.lifesign.domain.customer;

import dev.lifesign.domain.event.Billing;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.SubscriptionChange.Action;
import dev.lifesign.domain.policy.Currencies;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What a subscription costs: the price of the last applied event that states one, converted at the
 * rates that were in force when that event was applied. Later rates do not change it.
 *
 * @param amount the recurring price of one unit for a whole period, without tax, minor units of its
 *     currency; 0 if it is free or unknown
 * @param rate base minor units for one minor unit of its currency; empty if the currency had no
 *     rate
 * @param quantity the number of units, 0 or more
 * @param trial whether it is being tried, and not yet paid for
 */
public record Price(long amount, Optional<BigDecimal> rate, long quantity, boolean trial) {

  /** No price was heard of. */
  public static final Price NONE = new Price(0, Optional.empty(), 1, false);

  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  /** Whether an event of this kind says what a subscription costs from then on. */
  static boolean isStatedBy(Action action) {
    return switch (action) {
      case STARTED, RENEWED, UPGRADED, DOWNGRADED, RESUMED -> true;
      case PAUSED, PAYMENT_FAILED, CANCEL_SCHEDULED, CANCELLED, EXPIRED -> false;
    };
  }

  /**
   * The price after an event that states one. Semantics §9 leaves open which events end a trial: it
   * is that of the same event, so that a payment that fails or a cancellation does not end it.
   *
   * @param units the number of units, as stated by the event or as known
   */
  Price after(SubscriptionChange event, long units, Currencies currencies) {
    Billing billing = event.billing();
    return billing.amount() == 0 && goesOnAsBefore(event.action())
        ? new Price(amount, rate, units, billing.trial())
        : new Price(billing.amount(), currencies.rate(billing.currency()), units, billing.trial());
  }

  /** Whether an amount of 0 says that the price is the one before. */
  private static boolean goesOnAsBefore(Action action) {
    return action == Action.RENEWED || action == Action.RESUMED;
  }

  /**
   * Its worth per month: amount × quantity × rate × the period's factor, rounded half-even once, in
   * minor units of the base currency, at most {@code Long.MAX_VALUE}; 0 without a rate.
   */
  public long perMonth(BillingPeriod period) {
    if (rate.isEmpty()) {
      return 0;
    }
    return BigDecimal.valueOf(amount)
        .multiply(BigDecimal.valueOf(quantity))
        .multiply(rate.get())
        .multiply(BigDecimal.valueOf(period.factorNumerator()))
        .divide(BigDecimal.valueOf(period.factorDenominator()), 0, RoundingMode.HALF_EVEN)
        .toBigInteger()
        .min(MAX)
        .longValue();
  }
}
