package dev.lifesign.core.timeline;

import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.customer.SegmentStanding;
import dev.lifesign.core.lifecycle.ActivityType;
import dev.lifesign.core.lifecycle.Situation;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.policy.RiskMethod;
import dev.lifesign.core.scoring.Prediction;
import dev.lifesign.core.scoring.RfmScore;
import dev.lifesign.core.time.Instants;
import java.util.Optional;
import java.util.Set;

/**
 * What is shown of a customer at an instant.
 *
 * @param customer the customer, every deadline before the instant taken
 * @param at the instant
 * @param policy the policy in force for the customer
 * @param ordersInWindow transactions in rfm.window
 * @param netInWindow net money in rfm.window, minor units of the base currency
 * @param activityScore 0 to 100
 * @param rfm scores and segment; empty without a transaction in the window
 * @param prediction what the policy's models say; empty without a model, or without a purchase
 * @param riskAt under a model policy, when silence becomes a risk; NEVER under another, and where
 *     there is none
 * @param types activity types
 */
public record Profile(
    Customer customer,
    long at,
    Policy policy,
    long ordersInWindow,
    long netInWindow,
    double activityScore,
    Optional<RfmScore> rfm,
    Optional<Prediction> prediction,
    long riskAt,
    Set<ActivityType> types) {

  /** The profile at the instant. */
  public static Profile of(Customer customer, Policy policy, long at) {
    Policy.Activity activity = policy.activity();
    int window = policy.rfm().windowDays();
    return new Profile(
        customer,
        at,
        policy,
        customer.commerce().panes().orders(window, at),
        customer.commerce().panes().net(window, at),
        customer.score().shown(at, activity.halfLife(), activity.scale()),
        rfm(customer),
        Prediction.of(customer, policy, at),
        riskAt(customer, policy, at),
        ActivityType.of(customer, policy, at));
  }

  private static Optional<RfmScore> rfm(Customer customer) {
    SegmentStanding last = customer.segment();
    return last.isScored()
        ? Optional.of(
            new RfmScore(last.recency(), last.frequency(), last.monetary(), last.current()))
        : Optional.empty();
  }

  private static long riskAt(Customer customer, Policy policy, long at) {
    if (policy.lifecycle().risk().method() != RiskMethod.MODEL) {
      return Instants.NEVER;
    }
    Situation now = Situation.of(customer, policy, at);
    return now.entitled() ? Instants.NEVER : now.silence().riskAt();
  }
}
