package dev.lifesign.core.policy;

/** What a customer becomes whose last subscription has ended. */
public enum OnSubscriptionEnd {
  /** At risk, until silence makes more of it. */
  AT_RISK,
  /** Churned at once, unless the customer also buys. */
  CHURNED
}
