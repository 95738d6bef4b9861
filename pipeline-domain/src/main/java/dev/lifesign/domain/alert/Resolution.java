package dev.lifesign.domain.alert;

/** How an alert ended. */
public enum Resolution {
  /** An event made the customer healthy. */
  RETURNED,
  /** Someone handled it. */
  HANDLED,
  /** Time alone made the customer healthy: the cause ended. */
  LAPSED,
  /** A late event showed that it should not have been raised. */
  WITHDRAWN,
  /** Its time to live was over. */
  EXPIRED
}
