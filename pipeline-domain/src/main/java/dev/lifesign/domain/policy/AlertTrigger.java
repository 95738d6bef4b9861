package dev.lifesign.domain.policy;

/** The entry into a status that raises an alert. */
public enum AlertTrigger {
  /** Entry into AT_RISK, once for each reason. */
  AT_RISK,
  /** Entry into DORMANT. */
  DORMANT,
  /** Entry into CHURNED. */
  CHURNED
}
