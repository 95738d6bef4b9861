package dev.lifesign.app.query.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.lifesign.core.lookup.CustomerLookup;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.timeline.Profile;
import java.time.Instant;
import java.util.List;

/**
 * Everything known of a customer.
 *
 * @param customerId the customer
 * @param asOf the instant that the answer is about
 * @param status its status
 * @param evidence what the status rests on
 * @param next what the status becomes if nothing more is heard; null if it stays
 * @param profile its figures
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

  /** The answer about a customer. */
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
        customer.alerts().open().stream()
            .map(alert -> AlertAnswer.of(customer.id(), alert, profile.policy()))
            .toList(),
        answeredBy);
  }
}
