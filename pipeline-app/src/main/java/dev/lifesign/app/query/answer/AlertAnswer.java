package dev.lifesign.app.query.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.lifesign.domain.alert.AlertId;
import dev.lifesign.domain.customer.OpenAlert;
import dev.lifesign.domain.policy.AlertRule;
import dev.lifesign.domain.policy.Policy;
import java.time.Instant;

/**
 * An open alert.
 *
 * @param alertId a function of customer, rule and occurrence
 * @param terms the terms of its rule; only the name of the rule if the policy no longer has it
 * @param status the status that raised it
 * @param reason the reason of that status
 */
record AlertAnswer(
    String alertId,
    @JsonUnwrapped Terms terms,
    String status,
    String reason,
    Instant raisedAt,
    Instant expiresAt) {

  /** The terms of a rule. */
  record Terms(String rule, String severity, String owner, String action) {

    static Terms of(String name, AlertRule rule) {
      return rule == null
          ? new Terms(name, "", "", "")
          : new Terms(name, rule.severity().name(), rule.owner(), rule.action());
    }
  }

  static AlertAnswer of(String customerId, OpenAlert alert, Policy policy) {
    return new AlertAnswer(
        AlertId.of(customerId, alert.rule(), alert.occurrence()),
        Terms.of(alert.rule(), policy.alertRule(alert.rule())),
        alert.status().name(),
        alert.reason().label(),
        Rounding.instant(alert.raisedAt()),
        Rounding.instant(alert.expiresAt()));
  }
}
