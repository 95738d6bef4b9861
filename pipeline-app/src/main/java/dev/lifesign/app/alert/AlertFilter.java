package dev.lifesign.app.alert;

import dev.lifesign.schema.ChurnAlert;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Selects alerts as they are now; an empty criterion selects all.
 *
 * @param caseId selects those of this case
 * @param customer selects those of this customer
 * @param states selects those in one of these states
 * @param severities selects those of one of these severities
 * @param owner selects those that this owner should act on
 * @param dueBefore selects those that are due before this instant
 * @param muted selects those of customers who are held out of the case, or those of all others
 */
public record AlertFilter(
    Optional<String> caseId,
    Optional<String> customer,
    Set<String> states,
    Set<String> severities,
    Optional<String> owner,
    Optional<Instant> dueBefore,
    Optional<Boolean> muted) {

  /** Keeps its own copies. */
  public AlertFilter {
    states = Set.copyOf(states);
    severities = Set.copyOf(severities);
  }

  /** Whether an alert can be selected at all: what never changes says so. */
  boolean mayTake(ChurnAlert alert) {
    return caseId.map(alert.getCase$()::equals).orElse(true)
        && customer.map(alert.getCustomerId()::equals).orElse(true)
        && muted.map(wanted -> wanted == alert.getMuted()).orElse(true);
  }

  /** Whether an alert is selected as it is after its newest change. */
  boolean takes(ChurnAlert alert) {
    return mayTake(alert)
        && (states.isEmpty() || states.contains(alert.getState()))
        && (severities.isEmpty() || severities.contains(alert.getSeverity()))
        && owner.map(alert.getOwner()::equals).orElse(true)
        && dueBefore
            .map(bound -> alert.getDueAt() != null && alert.getDueAt().isBefore(bound))
            .orElse(true);
  }
}
