package dev.lifesign.core.contract;

/**
 * Decides whether a partition may tick. It may not while one of its brokers does not answer:
 * producers cannot reach that broker either, and time would overtake the events that they still
 * have to send.
 */
@FunctionalInterface
public interface TickGate {

  /** Every partition may tick. */
  TickGate OPEN = (partition, lateness) -> true;

  /**
   * Whether the partition may tick now.
   *
   * @param latenessMillis the lateness of the policy in force, milliseconds
   */
  boolean isOpen(int partition, long latenessMillis);
}
