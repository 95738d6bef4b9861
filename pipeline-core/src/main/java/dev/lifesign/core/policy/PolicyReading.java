package dev.lifesign.core.policy;

import dev.lifesign.core.document.Fault;
import java.util.List;
import java.util.Optional;

/**
 * What came of reading a policy file.
 *
 * @param policy the policy; empty where there are faults
 * @param faults all that is wrong
 * @param warnings what works, but perhaps not as meant
 */
public record PolicyReading(Optional<Policy> policy, List<Fault> faults, List<Fault> warnings) {

  /** Keeps its own copies. */
  public PolicyReading {
    faults = List.copyOf(faults);
    warnings = List.copyOf(warnings);
  }
}
