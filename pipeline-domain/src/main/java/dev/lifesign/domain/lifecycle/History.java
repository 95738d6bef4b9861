package dev.lifesign.domain.lifecycle;

import dev.lifesign.domain.status.Status;
import java.util.List;
import java.util.Optional;

/**
 * A customer's last status changes, in order and without gaps; older ones are in the topic.
 *
 * @param changes at most {@link #MOST}
 */
public record History(List<Change> changes) {

  /** How many changes are kept. */
  public static final int MOST = 100;

  /** No changes yet. */
  public static final History EMPTY = new History(List.of());

  /** Keeps its own copy. */
  public History {
    changes = List.copyOf(changes);
  }

  /**
   * A status change without its evidence, which is in the topic.
   *
   * @param sequence 1, 2, 3 … for the customer
   * @param from the status before; empty in the first change
   * @param to status and reason after it
   * @param late whether a late event caused it
   * @param effectiveAt when it became true
   * @param detectedAt the arrival or the tick that detected it
   * @param policyVersion the policy that decided
   */
  public record Change(
      int sequence,
      Optional<Status> from,
      Assessment to,
      boolean late,
      long effectiveAt,
      long detectedAt,
      int policyVersion) {

    /** The entry for a published status change. */
    public static Change of(StatusChange change) {
      return new Change(
          change.sequence(),
          change.from(),
          change.to(),
          change.late(),
          change.effectiveAt(),
          change.detectedAt(),
          change.policyVersion());
    }
  }
}
