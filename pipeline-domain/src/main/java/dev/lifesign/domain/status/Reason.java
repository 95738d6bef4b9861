package dev.lifesign.domain.status;

/** Why a customer has its status. */
public enum Reason {
  /** None: prospects and healthy customers. */
  NONE,
  /** No counting activity for too long. */
  SILENCE,
  /** A payment for a subscription failed. */
  PAYMENT_FAILED,
  /** Every subscription is set to end. */
  CANCEL_SCHEDULED,
  /** The last subscription ended. */
  SUBSCRIPTION_ENDED,
  /** The customer does not use what it subscribes to. */
  UNUSED,
  /** The purchase model finds the silence too long. */
  MODEL;

  /** The name in facts and files: empty for {@link #NONE}. */
  public String label() {
    return this == NONE ? "" : name();
  }
}
