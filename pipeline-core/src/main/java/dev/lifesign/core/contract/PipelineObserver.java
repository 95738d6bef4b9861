package dev.lifesign.core.contract;

import dev.lifesign.domain.command.CommandResult;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.RejectionReason;
import dev.lifesign.domain.timeline.Decision;
import java.util.Optional;

/**
 * Receives notice of what the pipeline does. Called on stream threads; implementations must not
 * block.
 */
public interface PipelineObserver {

  /** Ignores everything. */
  PipelineObserver NONE = new PipelineObserver() {};

  /**
   * An event was read and applied, or dropped as a duplicate. Its results have been forwarded.
   *
   * @param family the family of the event
   * @param outcome what the event changed
   * @param occurredAt when it occurred, milliseconds since 1970
   * @param arrivedAt when it arrived, milliseconds since 1970
   */
  default void event(Family family, Decision outcome, long occurredAt, long arrivedAt) {}

  /**
   * A command was read and carried out, or refused. Its results have been forwarded.
   *
   * @param result the answer
   * @param outcome what the command changed; empty if its customer is unknown
   */
  default void command(CommandResult result, Optional<Decision> outcome) {}

  /**
   * An event or a command arrived the given number of milliseconds before the horizon of a tick
   * that was already read.
   */
  default void overtakenByTick(long millis) {}

  /**
   * An event or a command arrived the given number of milliseconds before another one, possibly of
   * another customer, that its task has already processed.
   */
  default void overtakenByEvent(long millis) {}

  /**
   * Offsets of an input were deleted before they were read.
   *
   * @param family the family of the input's events; empty for the topic of commands
   * @param offsets how many, transaction markers included
   */
  default void lost(Optional<Family> family, int partition, long offsets) {}

  /** An event was dropped because its customer had been erased. */
  default void droppedAsErased(Family family) {}

  /** An input record was rejected. */
  default void rejected(RejectionReason reason) {}

  /** Deadlines of a customer fired. */
  default void fired(Decision outcome) {}

  /** A partition was opened and its state is restored. The last tick is NEVER if none was read. */
  default void opened(int partition, long lastTick) {}

  /** A tick was read. */
  default void tickRead(int partition, long tick) {}

  /** Everything that was due in a partition up to a tick has been processed. */
  default void caughtUp(int partition, long tick) {}

  /** How long the oldest deadline of a partition has been overdue, milliseconds of log time. */
  default void overdue(int partition, long millis) {}

  /**
   * How much a partition's store of customers keeps in the heap. Called often.
   *
   * @param bytes approximate size
   * @param unwritten the bytes of it that have not been written to RocksDB
   */
  default void heap(int partition, long bytes, long unwritten) {}

  /**
   * A store of customers wrote what it kept in the heap for a commit, in the given number of
   * nanoseconds.
   */
  default void heapWritten(long nanos) {}

  /** This process closed a partition. */
  default void closed(int partition) {}

  /** A task has started; its work in hand can be observed from now on. */
  default void working(WorkInHand work) {}

  /** A task has stopped. */
  default void stopped(WorkInHand work) {}
}
