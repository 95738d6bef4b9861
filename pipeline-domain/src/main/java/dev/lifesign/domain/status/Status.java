package dev.lifesign.domain.status;

/** The lifecycle status of a customer (semantics, Status). */
public enum Status {
  /** Known, but without a commercial event yet. */
  PROSPECT,
  /** Healthy, and new. */
  NEW,
  /** Healthy. */
  ACTIVE,
  /** Healthy, and buys often or has been entitled for a long time. */
  LOYAL,
  /** Healthy again after having been inactive. */
  REACTIVATED,
  /** Silent long enough to be at risk, or its subscription is in danger. */
  AT_RISK,
  /** Silent for a long time. */
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
