package dev.lifesign.domain.policy;

/** How much an alert matters. */
public enum Severity {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL
}
