package dev.lifesign.app.query.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.lifesign.core.lookup.CustomerLookup;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.timeline.Profile;
import java.time.Instant;
import java.util.List;

/**
 * Everything known about a customer.
 *
 * @param customerId the customer
 * @param asOf the instant at which the answer is valid
 * @param status its status
 * @param evidence the values behind the status
 * @param next the next status if no further event arrives; null if the status does not change
 * @param profile its key figures
 * @param types its activity types
 * @param subscriptions its subscriptions
 * @param openAlerts its open alerts
 * @param answeredBy where the answer comes from
 */
public record CustomerAnswer(
    String customerId,
    Instant asOf,
    @JsonUnwrapped StatusAnswer status,
    EvidenceAnswer evidence,
    NextAnswer next,
    ProfileAnswer profile,
    List<String> types,
    List<SubscriptionAnswer> subscriptions,
    List<AlertAnswer> openAlerts,
    AnsweredBy answeredBy) {

  /** Builds the answer about a customer. */
  public static CustomerAnswer of(CustomerLookup.Found found, AnsweredBy answeredBy) {
    Profile profile = found.profile();
    Customer customer = profile.customer();
    return new CustomerAnswer(
        customer.id(),
        Rounding.instant(profile.at()),
        StatusAnswer.of(customer.statusState()),
        EvidenceAnswer.of(found.explanation().evidence()),
        found.explanation().next().map(NextAnswer::of).orElse(null),
        ProfileAnswer.of(profile),
        profile.types().stream().map(Enum::name).toList(),
        customer.subscriptions().list().stream()
            .map(subscription -> SubscriptionAnswer.of(subscription, profile.at()))
            .toList(),
        AlertAnswer.of(customer.id(), customer.cases().cases(), profile.policy()),
        answeredBy);
  }
}
