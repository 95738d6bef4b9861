package dev.lifesign.lab.replay;

import dev.lifesign.domain.lifecycle.StatusChange;
import java.util.Comparator;

/**
 * A row of {@code status-changes.csv}.
 *
 * @param customerId the customer
 * @param sequence 1, 2, 3 … per customer
 * @param from the status before; null in the first change
 * @param to the status now
 * @param reason its reason; empty if the status has none
 * @param late whether a late event caused it
 * @param effectiveAt when it became true, milliseconds since 1970
 * @param detectedAt the arrival or the tick that detected it, milliseconds since 1970
 */
public record StatusChangeRow(
    String customerId,
    int sequence,
    String from,
    String to,
    String reason,
    boolean late,
    long effectiveAt,
    long detectedAt) {

  /** The order of the file: by the instant at which they became true, then by customer. */
  public static final Comparator<StatusChangeRow> ORDER =
      Comparator.comparingLong(StatusChangeRow::effectiveAt)
          .thenComparing(StatusChangeRow::customerId)
          .thenComparingInt(StatusChangeRow::sequence);

  /** The row of a status change. */
  public static StatusChangeRow of(StatusChange change) {
    return new StatusChangeRow(
        change.customerId(),
        change.sequence(),
        change.from().map(Enum::name).orElse(null),
        change.to().status().name(),
        change.to().reason().label(),
        change.late(),
        change.effectiveAt(),
        change.detectedAt());
  }
}
