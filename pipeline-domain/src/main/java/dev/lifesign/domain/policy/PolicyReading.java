package dev.lifesign.domain.policy;

import dev.lifesign.domain.document.Fault;
import java.util.List;
import java.util.Optional;

/**
 * The result of reading a policy file.
 *
 * @param policy the policy; empty if there are faults
 * @param faults everything that is wrong with the file
 */
public record PolicyReading(Optional<Policy> policy, List<Fault> faults) {

  /** Keeps its own copy. */
  public PolicyReading {
    faults = List.copyOf(faults);
  }
}
