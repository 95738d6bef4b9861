package dev.lifesign.core.streams;

import dev.lifesign.core.event.Family;
import dev.lifesign.core.event.RejectionReason;
import dev.lifesign.core.timeline.Outcome;

/** Is told what the pipeline does; called on stream threads, must not block. */
public interface PipelineObserver {

  /** Tells nobody. */
  PipelineObserver NONE = new PipelineObserver() {};

  /** An event was read and applied, or dropped as a duplicate. */
  default void event(Family family, Outcome outcome) {}

  /** An event arrived before an instant that a tick had already come past, by so many ms. */
  default void overtaken(long millis) {}

  /** An input was not accepted. */
  default void rejected(RejectionReason reason) {}

  /** Deadlines of a customer were taken because time had come. */
  default void fired(Outcome outcome) {}

  /** All that was due up to a tick is done in a partition. */
  default void caughtUp(int partition, long tick) {}

  /** How long the oldest deadline of a partition is overdue, milliseconds of the log's time. */
  default void overdue(int partition, long millis) {}
}
