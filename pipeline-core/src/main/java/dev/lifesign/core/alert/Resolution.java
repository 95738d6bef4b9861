package dev.lifesign.core.alert;

/** How an alert ended. */
public enum Resolution {
  /** An event made the customer healthy. */
  RETURNED,
  /** Somebody dealt with it. */
  HANDLED,
  /** Time alone made the customer healthy: what it was about is gone. */
  LAPSED,
  /** A late event showed that it should not have been raised. */
  WITHDRAWN,
  /** Its time to live was over. */
  EXPIRED
}
