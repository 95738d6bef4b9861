package dev.lifesign.core.contract;

/**
 * Says whether a partition may tick: not while a broker of it does not answer, because producers
 * are cut off from it too, and time would overtake what they hold back.
 */
@FunctionalInterface
public interface TickGate {

  /** Every partition may tick. */
  TickGate OPEN = (partition, lateness) -> true;

  /**
   * Whether the partition may tick now.
   *
   * @param latenessMillis of the policy in force
   */
  boolean isOpen(int partition, long latenessMillis);
}
