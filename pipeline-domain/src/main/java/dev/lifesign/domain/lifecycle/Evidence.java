package dev.lifesign.domain.lifecycle;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.RiskMethod;
import dev.lifesign.domain.scoring.Prediction;
import dev.lifesign.domain.time.Instants;
import java.util.Optional;
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
 * @param returning the probability of a purchase soon at the instant; empty if it was not read
 */
public record Evidence(
    Silence silence,
    long orders,
    long entitledSince,
    long subscriptionEnd,
    OptionalDouble alive,
    Optional<Returning> returning) {

  /**
   * The probability that the method {@code return} reads.
   *
   * @param probability of a purchase within that time, 0 to 1
   * @param within how soon, milliseconds
   * @param threshold the probability at which the customer is at risk, between 0 and 1
   */
  public record Returning(double probability, long within, double threshold) {}

  /** The values read in a situation. */
  public static Evidence of(Customer customer, Policy policy, Situation situation) {
    return new Evidence(
        situation.silence(),
        situation.ordersForLoyalty(),
        situation.entitled() ? customer.subscriptions().entitledSince() : Instants.NEVER,
        situation.entitled() ? Instants.NEVER : situation.latestEnd(),
        situation.silence().byModel()
            ? Prediction.alive(customer, policy, situation.at())
            : OptionalDouble.empty(),
        returning(customer, policy, situation));
  }

  private static Optional<Returning> returning(
      Customer customer, Policy policy, Situation situation) {
    Policy.Risk risk = policy.lifecycle().silence().risk();
    if (!situation.silence().byModel() || risk.method() != RiskMethod.RETURN) {
      return Optional.empty();
    }
    Policy.ReturnRisk asked = risk.returning();
    OptionalDouble probability =
        Prediction.purchaseWithin(asked.within(), customer, policy, situation.at());
    return probability.isPresent()
        ? Optional.of(new Returning(probability.getAsDouble(), asked.within(), asked.below()))
        : Optional.empty();
  }
}
