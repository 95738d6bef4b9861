package dev.lifesign.core.task;

import dev.lifesign.core.codec.StoredCustomer;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.task.Reception.Received;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.timeline.Decision;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Applies events in order of arrival, and rejects records that are not valid events. */
final class EventHandler {

  private final TaskState state;
  private final EventIntake intake;
  private final Reception<Event> reception;
  private final PipelineObserver observer;

  EventHandler(TaskState state, EventIntake intake, Arrivals arrivals, PipelineObserver observer) {
    this.state = state;
    this.intake = intake;
    this.reception = new Reception<>(state, intake, arrivals);
    this.observer = observer;
  }

  /**
   * Applies the event of a record, or publishes the record as a dead letter. What is about an
   * erased customer is dropped, even if it would be rejected: a dead letter would keep it.
   */
  void handle(Record<byte[], byte[]> record, RecordMetadata origin) {
    Received<Event> received = reception.receive(record, origin);
    if (reception.isOfErased(received)) {
      reception.forget(received);
      observer.droppedAsErased(intake.family(origin.topic()));
    } else {
      reception.accept(received).ifPresent(event -> apply(event, received));
    }
  }

  private void apply(Event event, Received<Event> received) {
    long arrivedAt = received.arrivedAt();
    Decision decision =
        state.timeline().apply(received.known().map(StoredCustomer::customer), event, arrivedAt);
    if (decision.kind() != Decision.Kind.DUPLICATE) {
      state.apply(received.known(), decision, received.record().timestamp());
    }
    observer.event(event.family(), decision, event.occurredAt(), arrivedAt);
  }
}
