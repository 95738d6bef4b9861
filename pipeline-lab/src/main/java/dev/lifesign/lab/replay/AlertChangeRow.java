package dev.lifesign.lab.replay;

import dev.lifesign.domain.alert.AlertFact;
import dev.lifesign.domain.customer.AlertState;
import java.util.Comparator;

/**
 * A row of {@code alert-changes.csv}. A missing instant is NEVER.
 *
 * @param customerId the customer
 * @param caseId the case
 * @param number 1, 2, 3 … for the case and the customer
 * @param version 1, 2, 3 … for the alert
 * @param change what happened
 * @param after the alert after it
 * @param dueAt by when someone should act, milliseconds since 1970
 * @param expiresAt when the alert expires, milliseconds since 1970
 * @param effectiveAt when it became true, milliseconds since 1970
 * @param detectedAt the arrival or the tick that detected it, milliseconds since 1970
 */
public record AlertChangeRow(
    String customerId,
    String caseId,
    int number,
    int version,
    Change change,
    After after,
    long dueAt,
    long expiresAt,
    long effectiveAt,
    long detectedAt) {

  /** The order of the file: by the instant at which they became true, then by alert. */
  public static final Comparator<AlertChangeRow> ORDER =
      Comparator.comparingLong(AlertChangeRow::effectiveAt)
          .thenComparing(AlertChangeRow::customerId)
          .thenComparing(AlertChangeRow::caseId)
          .thenComparingInt(AlertChangeRow::number)
          .thenComparingInt(AlertChangeRow::version);

  /**
   * What happened.
   *
   * @param name the name of the change, such as RAISED
   * @param clearedBy what cleared the alert; empty if nothing has
   * @param notifies whether people should be told again
   * @param late whether a late event caused it
   */
  public record Change(String name, String clearedBy, boolean notifies, boolean late) {}

  /**
   * The alert after a change.
   *
   * @param rung its rung; empty for an event case
   * @param severity how much it matters
   * @param state its state
   * @param owner who should act; may be empty
   * @param muted whether the customer is held out of the case
   */
  public record After(String rung, String severity, String state, String owner, boolean muted) {}

  /** The row of a fact. */
  public static AlertChangeRow of(AlertFact fact) {
    AlertState alert = fact.alert();
    return new AlertChangeRow(
        fact.customerId(),
        fact.caseId(),
        alert.number(),
        alert.version().current(),
        new Change(
            fact.change().name(), fact.clearedBy(), fact.notifies(), fact.detection().late()),
        new After(
            alert.place().rung(),
            alert.place().severity().name(),
            alert.state().name(),
            alert.owner().name(),
            alert.origin().muted()),
        alert.moments().dueAt(),
        alert.moments().expiresAt(),
        fact.detection().effectiveAt(),
        fact.detection().detectedAt());
  }
}
