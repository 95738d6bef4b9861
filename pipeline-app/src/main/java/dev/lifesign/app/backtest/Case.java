package dev.lifesign.app.backtest;

import dev.lifesign.core.customer.Status;

/**
 * A customer at a cut.
 *
 * @param status what the policy says of the customer
 * @param silentDays days since the last transaction
 * @param urgency silence in parts of the silence that is a risk for the customer
 * @param modelled what the policy's model says of the probability of a purchase within the holdout;
 *     NaN without a model
 * @param money net money in the policy's window, minor units
 * @param daysToReturn how many days after the cut the customer came back; NaN if not within the
 *     holdout
 */
record Case(
    Status status,
    double silentDays,
    double urgency,
    double modelled,
    long money,
    double daysToReturn) {

  Case returning(double days) {
    return new Case(status, silentDays, urgency, modelled, money, days);
  }
}
