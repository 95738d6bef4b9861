package dev.lifesign.core.policy;

import dev.lifesign.core.document.Fault;
import java.util.List;
import java.util.Optional;

/**
 * What came of reading a policy file.
 *
 * @param policy the policy; empty where there are faults
 * @param faults all that is wrong
 */
public record PolicyReading(Optional<Policy> policy, List<Fault> faults) {

  /** Keeps its own copy. */
  public PolicyReading {
    faults = List.copyOf(faults);
  }
}
