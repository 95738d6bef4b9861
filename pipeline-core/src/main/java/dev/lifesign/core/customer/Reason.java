package dev.lifesign.core.customer;

/** Why a customer has its status. */
public enum Reason {
  /** None: prospects and the healthy. */
  NONE,
  /** Nothing that counts was heard for too long. */
  SILENCE,
  /** A payment for a subscription failed. */
  PAYMENT_FAILED,
  /** Every subscription is going to end. */
  CANCEL_SCHEDULED,
  /** The last subscription ended. */
  SUBSCRIPTION_ENDED,
  /** What is subscribed to is not used. */
  UNUSED,
  /** A model finds the silence too long. */
  MODEL;

  /** The name in facts and files: empty for {@link #NONE}. */
  public String label() {
    return this == NONE ? "" : name();
  }
}
