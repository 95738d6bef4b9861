package dev.lifesign.domain.event;

import java.util.OptionalLong;

/**
 * What a subscription costs.
 *
 * @param amount the recurring price of one unit for a whole period, without tax, minor units of the
 *     currency, 0 or more
 * @param currency ISO 4217 code; may be empty if the amount and charged are 0 or absent
 * @param period the length of a period in ISO 8601, such as {@code P1M}; empty if the source does
 *     not say
 * @param quantity the number of units, 0 or more; empty if the source does not say
 * @param charged the money that the event charged, minor units of the currency, 0 or more; empty if
 *     it is the amount times the quantity
 * @param trial whether it is being tried, and not yet paid for
 */
public record Billing(
    long amount,
    String currency,
    String period,
    OptionalLong quantity,
    OptionalLong charged,
    boolean trial) {

  /** A price without anything else. */
  public static Billing of(long amount, String currency) {
    return new Billing(amount, currency, "", OptionalLong.empty(), OptionalLong.empty(), false);
  }

  /** The same as a trial. */
  public Billing onTrial() {
    return new Billing(amount, currency, period, quantity, charged, true);
  }
}
