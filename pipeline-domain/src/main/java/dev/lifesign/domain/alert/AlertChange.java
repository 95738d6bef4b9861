package dev.lifesign.domain.alert;

/** What happened to an alert (semantics, Alerts). */
public enum AlertChange {
  RAISED,
  ESCALATED,
  EASED,
  REPEATED,
  WOKEN,
  OVERDUE,
  CLEARED,
  EXPIRED,
  ACKNOWLEDGED,
  ASSIGNED,
  SNOOZED,
  HANDLED,
  REOPENED,
  NOTED,
  MERGED,
  ERASED
}
