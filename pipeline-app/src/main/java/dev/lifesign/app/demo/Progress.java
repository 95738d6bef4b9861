package dev.lifesign.app.demo;

import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Decision;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Tracks the progress of the pipeline. */
final class Progress implements PipelineObserver {

  private final AtomicLong events = new AtomicLong();
  private final AtomicLongArray caughtUp;

  Progress(int partitions) {
    caughtUp = new AtomicLongArray(partitions);
    for (int partition = 0; partition < partitions; partition++) {
      caughtUp.set(partition, Instants.NEVER);
    }
  }

  @Override
  public void event(Family family, Decision outcome, long occurredAt, long arrivedAt) {
    events.incrementAndGet();
  }

  @Override
  public void caughtUp(int partition, long tick) {
    caughtUp.set(partition, tick);
  }

  /** The number of events that the pipeline of this process has read. */
  long events() {
    return events.get();
  }

  /** The tick that every partition has reached; NEVER if a partition has read none. */
  long caughtUpTo() {
    long least = Instants.FOREVER;
    for (int partition = 0; partition < caughtUp.length(); partition++) {
      least = Math.min(least, caughtUp.get(partition));
    }
    return least;
  }
}
