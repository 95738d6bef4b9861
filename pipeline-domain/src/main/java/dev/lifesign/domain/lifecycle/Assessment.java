package dev.lifesign.domain.lifecycle;

import dev.lifesign.domain.status.Reason;
import dev.lifesign.domain.status.Status;

/**
 * A status and its reason.
 *
 * @param status the status
 * @param reason its reason
 */
public record Assessment(Status status, Reason reason) {

  static Assessment healthy(Status status) {
    return new Assessment(status, Reason.NONE);
  }
}
