package dev.lifesign.core.contract;

import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.RejectionReason;
import dev.lifesign.domain.timeline.Decision;

/** Is told what the pipeline does; called on stream threads, must not block. */
public interface PipelineObserver {

  /** Tells nobody. */
  PipelineObserver NONE = new PipelineObserver() {};

  /**
   * An event was read and applied, or dropped as a duplicate; what it brought about was forwarded.
   *
   * @param family its family
   * @param outcome what became of it
   * @param occurredAt when it occurred
   * @param arrivedAt when it arrived
   */
  default void event(Family family, Decision outcome, long occurredAt, long arrivedAt) {}

  /** An event arrived before an instant that a tick had already come past, by so many ms. */
  default void overtakenByTick(long millis) {}

  /**
   * An event arrived so many milliseconds before another one that its task has already processed;
   * the other one may be that of another customer.
   */
  default void overtakenByEvent(long millis) {}

  /** So many offsets of an input were deleted before they were read; markers count too. */
  default void lost(Family family, int partition, long offsets) {}

  /** An input was not accepted. */
  default void rejected(RejectionReason reason) {}

  /** Deadlines of a customer were taken because time had come. */
  default void fired(Decision outcome) {}

  /** A partition is taken up, its state restored; the last tick it had read, NEVER if none. */
  default void opened(int partition, long lastTick) {}

  /** A tick was read. */
  default void tickRead(int partition, long tick) {}

  /** All that was due up to a tick is done in a partition. */
  default void caughtUp(int partition, long tick) {}

  /** How long the oldest deadline of a partition is overdue, milliseconds of the log's time. */
  default void overdue(int partition, long millis) {}

  /**
   * What a partition's store of customers keeps in the heap; called often.
   *
   * @param bytes of the heap, about
   * @param unwritten bytes of it that RocksDB does not have yet
   */
  default void heap(int partition, long bytes, long unwritten) {}

  /** What a store of customers kept in the heap was written for a commit, in so many ns. */
  default void heapWritten(long nanos) {}

  /** A partition is given up by this process. */
  default void closed(int partition) {}

  /** A task has begun; what it is at work on can be looked at from now on. */
  default void working(WorkInHand work) {}

  /** A task has ended. */
  default void stopped(WorkInHand work) {}
}
