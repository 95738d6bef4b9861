package dev.lifesign.lab.backtest;

import dev.lifesign.domain.status.Status;
import java.util.Optional;

/**
 * A customer at a cutoff.
 *
 * @param status the status under the policy
 * @param silentDays days since the last transaction
 * @param urgency silence as a multiple of the silence that puts this customer at risk
 * @param modelled the probability of a purchase within the holdout under the policy's model; NaN
 *     without a model
 * @param money net money in the policy's window, minor units
 * @param daysToReturn days from the cutoff to the customer's return; NaN if it did not return
 *     within the holdout
 * @param silent what a rule of silence reads; empty if no such rule decides the customer's status,
 *     as for a subscriber
 * @param group a part of the customers, from 0 to {@link Observations#GROUPS} - 1
 */
record Observation(
    Status status,
    double silentDays,
    double urgency,
    double modelled,
    long money,
    double daysToReturn,
    Optional<Silent> silent,
    int group) {

  Observation returning(double days) {
    return new Observation(status, silentDays, urgency, modelled, money, days, silent, group);
  }
}
