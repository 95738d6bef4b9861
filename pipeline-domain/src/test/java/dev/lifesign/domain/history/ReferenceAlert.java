package dev.lifesign.domain.history;

import dev.lifesign.domain.policy.Severity;

/** An alert of the reference model; what is missing is null or empty. */
final class ReferenceAlert {
  int number;
  int version;
  int changed;
  String state;
  String ending = "";
  String clearedBy = "";
  String rung = "";
  double place;
  Severity severity;
  String owner;
  boolean held;
  long raisedAt;
  Long occurredAt;
  String subject = "";
  boolean muted;
  boolean continues;
  Long dueAt;
  boolean overdue;
  long expiresAt;
  Long snoozedUntil;
  Long endedAt;
  int count = 1;
  String lastDecidedBy = "";

  boolean isOpen() {
    return !state.equals("RESOLVED");
  }

  /** What a seen version must not be older than. */
  String decidedBy() {
    return state + rung + '\0' + owner + '\0' + snoozedUntil;
  }
}
