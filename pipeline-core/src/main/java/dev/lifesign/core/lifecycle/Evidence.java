package dev.lifesign.core.lifecycle;

import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.scoring.Prediction;
import dev.lifesign.core.time.Instants;
import java.util.OptionalDouble;

/**
 * The values that the table of statuses read. Instants are NEVER where there is none.
 *
 * @param silence since when the customer is silent, and when that becomes what
 * @param orders orders in the window of loyalty
 * @param entitledSince since when the customer is entitled; NEVER if it is not
 * @param subscriptionEnd the latest end of a subscription; NEVER if there is none, or if it is
 *     entitled
 * @param alive the probability of being alive at the instant; empty where it was not read
 */
public record Evidence(
    Silence silence, long orders, long entitledSince, long subscriptionEnd, OptionalDouble alive) {

  /** What was read in that situation. */
  public static Evidence of(Customer customer, Policy policy, Situation situation) {
    return new Evidence(
        situation.silence(),
        situation.ordersForLoyalty(),
        situation.entitled() ? customer.subscriptions().entitledSince() : Instants.NEVER,
        situation.entitled() ? Instants.NEVER : situation.latestEnd(),
        situation.silence().byModel()
            ? Prediction.alive(customer, policy, situation.at())
            : OptionalDouble.empty());
  }
}
