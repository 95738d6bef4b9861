package dev.lifesign.app.backtest;

import dev.lifesign.core.customer.Status;

/**
 * A customer at a cut.
 *
 * @param customerId who
 * @param status what the policy says of the customer
 * @param silentDays days since the last transaction
 * @param urgency silence in parts of the silence that is a risk for the customer
 * @param modelled what the policy's model says of the probability of a purchase within the holdout;
 *     NaN without a model
 * @param money net money in the policy's window, minor units
 */
record Case(
    String customerId,
    Status status,
    double silentDays,
    double urgency,
    double modelled,
    long money) {

  /** Whether the policy says that the customer is about to be lost, or is. */
  boolean flagged() {
    return status == Status.AT_RISK || status == Status.DORMANT || status == Status.CHURNED;
  }
}
