package dev.lifesign.app.service;

import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.WorkInHand;
import dev.lifesign.domain.command.CommandResult;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.RejectionReason;
import dev.lifesign.domain.timeline.Decision;
import java.util.Optional;

/** Notifies two observers. */
record Observers(PipelineObserver one, PipelineObserver other) implements PipelineObserver {

  @Override
  public void event(Family family, Decision outcome, long occurredAt, long arrivedAt) {
    one.event(family, outcome, occurredAt, arrivedAt);
    other.event(family, outcome, occurredAt, arrivedAt);
  }

  @Override
  public void command(CommandResult result, Optional<Decision> outcome) {
    one.command(result, outcome);
    other.command(result, outcome);
  }

  @Override
  public void droppedAsErased(Family family) {
    one.droppedAsErased(family);
    other.droppedAsErased(family);
  }

  @Override
  public void overtakenByTick(long millis) {
    one.overtakenByTick(millis);
    other.overtakenByTick(millis);
  }

  @Override
  public void overtakenByEvent(long millis) {
    one.overtakenByEvent(millis);
    other.overtakenByEvent(millis);
  }

  @Override
  public void lost(Optional<Family> family, int partition, long offsets) {
    one.lost(family, partition, offsets);
    other.lost(family, partition, offsets);
  }

  @Override
  public void rejected(RejectionReason reason) {
    one.rejected(reason);
    other.rejected(reason);
  }

  @Override
  public void fired(Decision outcome) {
    one.fired(outcome);
    other.fired(outcome);
  }

  @Override
  public void opened(int partition, long lastTick) {
    one.opened(partition, lastTick);
    other.opened(partition, lastTick);
  }

  @Override
  public void tickRead(int partition, long tick) {
    one.tickRead(partition, tick);
    other.tickRead(partition, tick);
  }

  @Override
  public void caughtUp(int partition, long tick) {
    one.caughtUp(partition, tick);
    other.caughtUp(partition, tick);
  }

  @Override
  public void overdue(int partition, long millis) {
    one.overdue(partition, millis);
    other.overdue(partition, millis);
  }

  @Override
  public void heap(int partition, long bytes, long unwritten) {
    one.heap(partition, bytes, unwritten);
    other.heap(partition, bytes, unwritten);
  }

  @Override
  public void heapWritten(long nanos) {
    one.heapWritten(nanos);
    other.heapWritten(nanos);
  }

  @Override
  public void closed(int partition) {
    one.closed(partition);
    other.closed(partition);
  }

  @Override
  public void working(WorkInHand work) {
    one.working(work);
    other.working(work);
  }

  @Override
  public void stopped(WorkInHand work) {
    one.stopped(work);
    other.stopped(work);
  }
}
