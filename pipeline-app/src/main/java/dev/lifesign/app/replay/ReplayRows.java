package dev.lifesign.app.replay;

import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.replay.AlertRow;
import dev.lifesign.lab.replay.StatusChangeRow;
import dev.lifesign.schema.ChurnAlert;
import dev.lifesign.schema.StatusChange;

/** Converts published facts to rows of a replay's files. */
final class ReplayRows {

  private ReplayRows() {}

  /** Converts a status change. */
  static StatusChangeRow of(StatusChange change) {
    return new StatusChangeRow(
        change.getCustomerId(),
        change.getSequence(),
        change.getFrom(),
        change.getTo(),
        change.getReason(),
        change.getLate(),
        change.getEffectiveAt().toEpochMilli(),
        change.getDetectedAt().toEpochMilli());
  }

  /** Converts an alert that was raised or has ended. */
  static AlertRow of(ChurnAlert alert) {
    return new AlertRow(
        alert.getAlertId(),
        alert.getCustomerId(),
        alert.getRule(),
        alert.getOccurrence(),
        alert.getSeverity(),
        alert.getRaisedAt().toEpochMilli(),
        alert.getResolvedAt() == null ? Instants.NEVER : alert.getResolvedAt().toEpochMilli(),
        alert.getResolution(),
        alert.getExplanation());
  }
}
