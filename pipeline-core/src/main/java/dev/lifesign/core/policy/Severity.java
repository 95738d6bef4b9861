package dev.lifesign.core.policy;

/** How much an alert matters. */
public enum Severity {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL
}
