package dev.lifesign.domain.lifecycle;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.scoring.Prediction;
import dev.lifesign.domain.time.Instants;
import java.util.OptionalDouble;

/**
 * The values that the status table read. A missing instant is NEVER.
 *
 * @param silence since when the customer has been silent, and what that leads to when
 * @param orders orders in the loyalty window
 * @param entitledSince since when the customer has been entitled; NEVER if it is not
 * @param subscriptionEnd the latest end of a subscription; NEVER if there is none, or if the
 *     customer is entitled
 * @param alive the probability of being alive at the instant; empty if it was not read
 */
public record Evidence(
    Silence silence, long orders, long entitledSince, long subscriptionEnd, OptionalDouble alive) {

  /** The values read in a situation. */
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
