package dev.lifesign.app.query.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.Milestones;
import dev.lifesign.domain.timeline.Profile;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * The key figures of a customer.
 *
 * @param dates first and last instants
 * @param purchases orders and money
 * @param activityScore 0 to 100
 * @param rfm scores and segment; null if the customer has none
 * @param prediction the predictions of the model; null if the policy has no model or the customer
 *     no purchase
 * @param policyVersion the version of the policy that last judged the customer
 */
record ProfileAnswer(
    @JsonUnwrapped Dates dates,
    @JsonUnwrapped Purchases purchases,
    BigDecimal activityScore,
    RfmAnswer rfm,
    PredictionAnswer prediction,
    int policyVersion) {

  /** First and last instants. */
  record Dates(Instant firstCommercial, Instant lastActivity, Instant lastTransaction) {

    static Dates of(Milestones milestones) {
      return new Dates(
          Rounding.instant(milestones.firstCommercial()),
          Rounding.instant(milestones.lastQualifying()),
          Rounding.instant(milestones.lastTransaction()));
    }
  }

  /** Orders, and money in minor units of the base currency. */
  record Purchases(
      long orders, long netMoney, long ordersInWindow, long netMoneyInWindow, String currency) {

    static Purchases of(Profile profile) {
      return new Purchases(
          profile.customer().commerce().orders(),
          profile.customer().commerce().net(),
          profile.ordersInWindow(),
          profile.netInWindow(),
          profile.policy().currency().base());
    }
  }

  static ProfileAnswer of(Profile profile) {
    Customer customer = profile.customer();
    return new ProfileAnswer(
        Dates.of(customer.milestones()),
        Purchases.of(profile),
        Rounding.score(profile.activityScore()),
        profile.rfm().map(score -> RfmAnswer.of(score, customer.segment())).orElse(null),
        profile.prediction().map(PredictionAnswer::of).orElse(null),
        profile.policy().version());
  }
}
