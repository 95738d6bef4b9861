package dev.lifesign.app.replay;

import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.replay.AlertRow;
import dev.lifesign.lab.replay.StatusChangeRow;
import dev.lifesign.schema.ChurnAlert;
import dev.lifesign.schema.StatusChange;

/** Makes rows of a replay's files from facts on the wire. */
final class ReplayRows {

  private ReplayRows() {}

  /** The row of a status change. */
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

  /** The row of an alert that was raised, or that ended. */
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
