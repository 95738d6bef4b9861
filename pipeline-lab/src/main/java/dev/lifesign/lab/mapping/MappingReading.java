package dev.lifesign.lab.mapping;

import dev.lifesign.domain.document.Fault;
import java.util.List;
import java.util.Optional;

/**
 * The result of reading a mapping.
 *
 * @param mapping the mapping; empty if there are faults
 * @param faults everything that is wrong with it
 */
public record MappingReading(Optional<Mapping> mapping, List<Fault> faults) {

  /** Keeps its own copy of the faults. */
  public MappingReading {
    faults = List.copyOf(faults);
  }
}
