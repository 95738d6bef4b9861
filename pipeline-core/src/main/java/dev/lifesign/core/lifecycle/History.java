package dev.lifesign.core.lifecycle;

import dev.lifesign.core.customer.Status;
import java.util.List;
import java.util.Optional;

/**
 * The last status changes of a customer, in order and without a gap; older ones are in the topic.
 *
 * @param changes at most {@link #MOST}
 */
public record History(List<Change> changes) {

  /** How many are kept. */
  public static final int MOST = 100;

  /** None yet. */
  public static final History EMPTY = new History(List.of());

  /** Keeps its own copy. */
  public History {
    changes = List.copyOf(changes);
  }

  /**
   * What is kept of a status change; its evidence is in the topic.
   *
   * @param sequence 1, 2, 3 … for the customer
   * @param from the status before; empty in the first change
   * @param to status and reason after it
   * @param late whether an event that arrived late showed it
   * @param effectiveAt when it became true
   * @param detectedAt the arrival or the tick at which it was found
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

    /** Of a status change that was told. */
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
