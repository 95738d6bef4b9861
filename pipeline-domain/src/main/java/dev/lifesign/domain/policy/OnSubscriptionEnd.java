package dev.lifesign.domain.policy;

/** The status of a customer whose last subscription has ended. */
public enum OnSubscriptionEnd {
  /** At risk, until silence makes it dormant or churned. */
  AT_RISK,
  /** Churned at once, unless the customer also buys. */
  CHURNED
}
