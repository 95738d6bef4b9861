package dev.lifesign.core.customer;

/** What a customer is (semantics, Status). */
public enum Status {
  /** Heard of, but no commercial event yet. */
  PROSPECT,
  /** Healthy, and new. */
  NEW,
  /** Healthy. */
  ACTIVE,
  /** Healthy, and buys often or is entitled for long. */
  LOYAL,
  /** Healthy again after having been inactive. */
  REACTIVATED,
  /** Silent for long enough to be a risk, or its subscription is in danger. */
  AT_RISK,
  /** Silent for long. */
  DORMANT,
  /** Lost. */
  CHURNED;

  /** NEW, ACTIVE, LOYAL or REACTIVATED. */
  public boolean isHealthy() {
    return this == NEW || this == ACTIVE || this == LOYAL || this == REACTIVATED;
  }

  /** DORMANT or CHURNED. */
  public boolean isInactive() {
    return this == DORMANT || this == CHURNED;
  }
}
