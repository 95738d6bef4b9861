package dev.lifesign.domain.customer;

import java.util.List;
import java.util.Optional;

/**
 * What is kept of one case for a customer; nothing is kept of a case that never concerned it.
 *
 * @param caseId the case
 * @param rungs one for each rung of the ladder, in its order; empty for an event case, and for a
 *     case that the policy no longer has
 * @param matches when matching events occurred that still count, ascending; for an event case
 * @param alert the case's last alert, open or ended; empty if there was none
 */
public record CaseState(
    String caseId, List<RungState> rungs, List<Long> matches, Optional<AlertState> alert) {

  /** Keeps its own copies. */
  public CaseState {
    rungs = List.copyOf(rungs);
    matches = List.copyOf(matches);
  }

  /** A case that has not concerned the customer yet. */
  public static CaseState idle(String caseId, int rungs) {
    return new CaseState(
        caseId, java.util.Collections.nCopies(rungs, RungState.IDLE), List.of(), Optional.empty());
  }

  /** Whether nothing is known that would have to be kept. */
  public boolean isIdle() {
    if (alert.isPresent() || !matches.isEmpty()) {
      return false;
    }
    for (int i = 0; i < rungs.size(); i++) {
      if (!rungs.get(i).equals(RungState.IDLE)) {
        return false;
      }
    }
    return true;
  }

  /** The case's open alert. */
  public Optional<AlertState> open() {
    return alert.filter(AlertState::isOpen);
  }
}
