package dev.lifesign.lab.replay;

import dev.lifesign.domain.alert.AlertFact;
import dev.lifesign.domain.time.Instants;

/**
 * What {@code alerts.csv} needs to know about an alert that was raised or that ended.
 *
 * @param alertId a function of customer, rule and occurrence
 * @param customerId the customer
 * @param rule the rule that raised it
 * @param occurrence the sequence of the status change that raised it
 * @param severity its severity; empty if the policy no longer has the rule
 * @param raisedAt when it was raised, milliseconds since 1970
 * @param resolvedAt when it ended, milliseconds since 1970; NEVER if it was raised
 * @param resolution how it ended; null if it was raised
 * @param explanation a sentence for people
 */
public record AlertRow(
    String alertId,
    String customerId,
    String rule,
    int occurrence,
    String severity,
    long raisedAt,
    long resolvedAt,
    String resolution,
    String explanation) {

  /** The row of a fact. */
  public static AlertRow of(AlertFact fact) {
    return new AlertRow(
        fact.alertId(),
        fact.customerId(),
        fact.alert().rule(),
        fact.alert().occurrence(),
        fact.rule().map(rule -> rule.severity().name()).orElse(""),
        fact.alert().raisedAt(),
        fact.ending().map(AlertFact.Ending::at).orElse(Instants.NEVER),
        fact.ending().map(ending -> ending.resolution().name()).orElse(null),
        fact.explanation());
  }

  /** Whether the alert has ended. */
  public boolean ended() {
    return resolution != null;
  }
}
