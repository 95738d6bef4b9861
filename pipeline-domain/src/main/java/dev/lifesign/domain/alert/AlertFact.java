package dev.lifesign.domain.alert;

import dev.lifesign.domain.customer.OpenAlert;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.policy.AlertRule;
import java.util.Optional;

/**
 * A fact: an alert was raised, or it ended.
 *
 * @param customerId the customer
 * @param alert the alert
 * @param rule its rule; empty if the policy no longer has it
 * @param change the status change that raised it; empty if it ended
 * @param ending how and when it ended; empty if it was raised
 * @param late whether a late event caused it
 * @param detectedAt the arrival or the tick at which it was found
 * @param policyVersion the policy in force
 */
public record AlertFact(
    String customerId,
    OpenAlert alert,
    Optional<AlertRule> rule,
    Optional<StatusChange> change,
    Optional<Ending> ending,
    boolean late,
    long detectedAt,
    int policyVersion) {

  /** The id: a function of customer, rule and occurrence. */
  public String alertId() {
    return AlertId.of(customerId, alert.rule(), alert.occurrence());
  }

  /** A sentence for people, made from the values behind the decision. */
  public String explanation() {
    return change.map(Explanation::raised).orElseGet(() -> Explanation.ended(ending.orElseThrow()));
  }

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
