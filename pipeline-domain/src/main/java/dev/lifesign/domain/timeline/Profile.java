package dev.lifesign.domain.timeline;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.SegmentState;
import dev.lifesign.domain.lifecycle.ActivityType;
import dev.lifesign.domain.lifecycle.Situation;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.scoring.Prediction;
import dev.lifesign.domain.scoring.RfmScore;
import dev.lifesign.domain.scoring.ValueAtStake;
import dev.lifesign.domain.time.Instants;
import java.util.Optional;
import java.util.Set;

/**
 * The public view of a customer at an instant.
 *
 * @param customer the customer, with every deadline before the instant taken
 * @param at the instant
 * @param policy the policy in force for the customer
 * @param ordersInWindow transactions in rfm.window
 * @param netInWindow net money in rfm.window, minor units of the base currency
 * @param activityScore 0 to 100
 * @param rfm scores and segment; empty without a transaction in the window
 * @param prediction the predictions of the policy's models; empty without a model, or without a
 *     purchase
 * @param riskAt when silence puts the customer at risk under a method that needs a model; NEVER
 *     under another method, and for an entitled customer
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
    int today = policy.days().dayOf(at);
    return new Profile(
        customer,
        at,
        policy,
        customer.commerce().panes().orders(window, today),
        customer.commerce().panes().net(window, today),
        customer.score().shown(at, activity.halfLife(), activity.scale()),
        rfm(customer),
        Prediction.of(customer, policy, at),
        riskAt(customer, policy, at),
        ActivityType.of(customer, policy, at));
  }

  /** What is lost if the customer leaves, minor units of the base currency, 0 or more. */
  public long valueAtStake() {
    return ValueAtStake.of(prediction, netInWindow);
  }

  private static Optional<RfmScore> rfm(Customer customer) {
    SegmentState last = customer.segment();
    return last.isScored()
        ? Optional.of(
            new RfmScore(last.recency(), last.frequency(), last.monetary(), last.current()))
        : Optional.empty();
  }

  private static long riskAt(Customer customer, Policy policy, long at) {
    if (!policy.lifecycle().silence().risk().method().needsModel()) {
      return Instants.NEVER;
    }
    Situation now = Situation.of(customer, policy, at);
    return now.entitled() ? Instants.NEVER : now.silence().riskAt();
  }
}
