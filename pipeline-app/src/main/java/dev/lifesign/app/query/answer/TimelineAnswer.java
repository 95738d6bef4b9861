package dev.lifesign.app.query.answer;

import dev.lifesign.domain.lifecycle.History;
import java.time.Instant;
import java.util.List;

/**
 * The last status changes of a customer, oldest first.
 *
 * @param customerId the customer
 * @param statusChanges the changes
 * @param answeredBy where the answer comes from
 */
public record TimelineAnswer(String customerId, List<Change> statusChanges, AnsweredBy answeredBy) {

  /** A status change; from is null in the first. */
  record Change(
      int sequence,
      String from,
      String to,
      String reason,
      boolean late,
      Instant effectiveAt,
      Instant detectedAt,
      int policyVersion) {

    static Change of(History.Change change) {
      return new Change(
          change.sequence(),
          change.from().map(Enum::name).orElse(null),
          change.to().status().name(),
          change.to().reason().label(),
          change.late(),
          Rounding.instant(change.effectiveAt()),
          Rounding.instant(change.detectedAt()),
          change.policyVersion());
    }
  }

  /** Builds the answer about a customer's status changes. */
  public static TimelineAnswer of(String customerId, History history, AnsweredBy answeredBy) {
    return new TimelineAnswer(
        customerId, history.changes().stream().map(Change::of).toList(), answeredBy);
  }
}
