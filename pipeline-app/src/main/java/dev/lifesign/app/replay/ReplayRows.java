package dev.lifesign.app.replay;

import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.replay.AlertChangeRow;
import dev.lifesign.lab.replay.AlertRow;
import dev.lifesign.lab.replay.CommandRow;
import dev.lifesign.lab.replay.StatusChangeRow;
import dev.lifesign.schema.ChurnAlert;
import dev.lifesign.schema.CommandResult;
import dev.lifesign.schema.StatusChange;
import java.time.Instant;

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

  /** Converts what happened to an alert. */
  static AlertRow of(ChurnAlert alert) {
    return new AlertRow(
        alert.getAlertId(),
        change(alert),
        alert.getRaisedAt().toEpochMilli(),
        millis(alert.getResolvedAt()),
        alert.getResolution() == null ? "" : alert.getResolution(),
        alert.getValueAtStake(),
        alert.getExplanation());
  }

  private static AlertChangeRow change(ChurnAlert alert) {
    return new AlertChangeRow(
        alert.getCustomerId(),
        alert.getCase$(),
        alert.getNumber(),
        alert.getVersion(),
        new AlertChangeRow.Change(
            alert.getChange(), alert.getClearedBy(), alert.getNotify(), alert.getLate()),
        new AlertChangeRow.After(
            alert.getRung(),
            alert.getSeverity(),
            alert.getState(),
            alert.getOwner(),
            alert.getMuted()),
        millis(alert.getDueAt()),
        millis(alert.getExpiresAt()),
        millis(alert.getEffectiveAt()),
        alert.getDetectedAt().toEpochMilli());
  }

  /** Converts the answer to a command. */
  static CommandRow of(CommandResult result) {
    return new CommandRow(result.getCustomerId(), result.getCommandId(), result.getReason());
  }

  private static long millis(Instant instant) {
    return instant == null ? Instants.NEVER : instant.toEpochMilli();
  }
}
