package dev.lifesign.app.query.answer;

import dev.lifesign.domain.customer.StatusState;
import java.time.Instant;

/**
 * A status.
 *
 * @param status the status
 * @param reason its reason; empty if the status has none
 * @param since when the status itself last changed
 * @param sequence the sequence of the last status change
 */
record StatusAnswer(String status, String reason, Instant since, int sequence) {

  static StatusAnswer of(StatusState state) {
    return new StatusAnswer(
        state.status().name(),
        state.reason().label(),
        Rounding.instant(state.since()),
        state.sequence());
  }
}
