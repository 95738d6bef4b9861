package dev.lifesign.domain.customer;

/**
 * A customer's orders and money over its lifetime. Immutable.
 *
 * @param orders number of transactions
 * @param gross money of transactions, minor units of the base currency
 * @param refunded money given back, minor units of the base currency
 * @param purchaseDays distinct days with a purchase
 * @param panes orders and net money per day
 */
public record Commerce(
    long orders, long gross, long refunded, DaySet purchaseDays, MoneyPanes panes) {

  /** No orders yet. */
  public static final Commerce NONE = new Commerce(0, 0, 0, DaySet.EMPTY, MoneyPanes.EMPTY);

  /** Money of all transactions, net of refunds. */
  public long net() {
    return Money.minus(gross, refunded);
  }
}
