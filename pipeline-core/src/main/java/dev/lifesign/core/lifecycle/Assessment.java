package dev.lifesign.core.lifecycle;

import dev.lifesign.core.customer.Reason;
import dev.lifesign.core.customer.Status;

/**
 * A status and why.
 *
 * @param status the status
 * @param reason its reason
 */
public record Assessment(Status status, Reason reason) {

  static Assessment healthy(Status status) {
    return new Assessment(status, Reason.NONE);
  }
}
