package dev.lifesign.lab.replay;

import dev.lifesign.domain.alert.AlertFact;
import dev.lifesign.domain.customer.AlertState;
import dev.lifesign.domain.text.Explanation;
import java.util.Comparator;

/**
 * What {@code alerts.csv} tells of an alert after one of its changes; its last one is in the file.
 *
 * @param alertId a function of customer, case and number
 * @param change the change
 * @param raisedAt when it was raised, milliseconds since 1970
 * @param resolvedAt when it ended, milliseconds since 1970; NEVER while it is open
 * @param resolution how it ended, such as CLEARED_BY_EVENT; empty while it is open
 * @param valueAtStake what is lost if the customer leaves, minor units of the base currency
 * @param explanation a sentence for people
 */
public record AlertRow(
    String alertId,
    AlertChangeRow change,
    long raisedAt,
    long resolvedAt,
    String resolution,
    long valueAtStake,
    String explanation) {

  /** The order of the file: by the instant at which they were raised, then by customer and case. */
  public static final Comparator<AlertRow> ORDER =
      Comparator.comparingLong(AlertRow::raisedAt)
          .thenComparing(row -> row.change().customerId())
          .thenComparing(row -> row.change().caseId())
          .thenComparingInt(row -> row.change().number());

  /** The row of a fact. */
  public static AlertRow of(AlertFact fact) {
    AlertState alert = fact.alert();
    return new AlertRow(
        fact.alertId(),
        AlertChangeRow.of(fact),
        alert.origin().raisedAt(),
        alert.endedAt(),
        alert.isOpen() ? "" : alert.ending().name(),
        fact.background().valueAtStake(),
        Explanation.of(fact));
  }
}
