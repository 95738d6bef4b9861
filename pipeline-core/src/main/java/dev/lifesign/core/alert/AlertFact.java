package dev.lifesign.core.alert;

import dev.lifesign.core.customer.OpenAlert;
import dev.lifesign.core.policy.AlertRule;
import java.util.Optional;

/**
 * A fact: an alert was raised, or it ended.
 *
 * @param alertId a function of customer, rule and occurrence
 * @param customerId the customer
 * @param alert the alert
 * @param rule its rule; empty where the policy has it no more
 * @param ending how and when it ended; empty where it was raised
 * @param late whether an event that arrived late showed it
 * @param detectedAt the arrival or the tick at which it was found
 * @param policyVersion the policy in force
 * @param explanation a sentence for people
 */
public record AlertFact(
    String alertId,
    String customerId,
    OpenAlert alert,
    Optional<AlertRule> rule,
    Optional<Ending> ending,
    boolean late,
    long detectedAt,
    int policyVersion,
    String explanation) {

  /** When the alert was raised or ended. */
  public long at() {
    return ending.map(Ending::at).orElse(alert.raisedAt());
  }

  /**
   * The end of an alert.
   *
   * @param resolution how
   * @param at when
   */
  public record Ending(Resolution resolution, long at) {}
}
