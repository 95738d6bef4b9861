package dev.lifesign.core.streams;

/**
 * Says whether a partition may tick: not while records in it are hidden from the pipeline, by an
 * open transaction of a producer or a broker that does not answer, because time would overtake
 * them.
 */
@FunctionalInterface
public interface TickGate {

  /** Every partition may tick. */
  TickGate OPEN = partition -> true;

  /** Whether the partition may tick now. */
  boolean isOpen(int partition);
}
