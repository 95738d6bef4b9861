package dev.lifesign.domain.alert;

import dev.lifesign.domain.customer.AlertState;
import dev.lifesign.domain.customer.AlertState.Moments;
import dev.lifesign.domain.customer.AlertState.State;
import dev.lifesign.domain.time.Instants;

/** When an alert changes by itself: it expires, wakes, or becomes overdue (semantics, Alerts). */
final class AlertInstants {

  private AlertInstants() {}

  /** Whether one of the alert's own instants has come. */
  static boolean isDue(AlertState alert, long at) {
    return isExpired(alert, at) || isAwake(alert, at) || isOverdue(alert, at);
  }

  static boolean isExpired(AlertState alert, long at) {
    return alert.state() == State.OPEN && alert.moments().expiresAt() <= at;
  }

  /** Whether its snooze is over. */
  static boolean isAwake(AlertState alert, long at) {
    return alert.state() == State.SNOOZED && alert.moments().snoozedUntil() <= at;
  }

  static boolean isOverdue(AlertState alert, long at) {
    Moments moments = alert.moments();
    return alert.state() == State.OPEN
        && moments.dueAt() != Instants.NEVER
        && !moments.overdue()
        && moments.dueAt() <= at;
  }

  /**
   * The next instant after {@code at} at which the alert changes by itself; FOREVER if there is
   * none.
   */
  static long next(AlertState alert, long at) {
    Moments moments = alert.moments();
    return switch (alert.state()) {
      case OPEN -> {
        long due =
            moments.dueAt() == Instants.NEVER || moments.overdue() || moments.dueAt() <= at
                ? Instants.FOREVER
                : moments.dueAt();
        yield Math.min(due, moments.expiresAt() > at ? moments.expiresAt() : Instants.FOREVER);
      }
      case SNOOZED -> moments.snoozedUntil() > at ? moments.snoozedUntil() : Instants.FOREVER;
      case ACKNOWLEDGED, RESOLVED -> Instants.FOREVER;
    };
  }
}
