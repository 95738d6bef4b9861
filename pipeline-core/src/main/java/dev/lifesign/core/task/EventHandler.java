package dev.lifesign.core.task;

import dev.lifesign.core.codec.StoredCustomer;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.task.Intake.Read;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Rejection;
import dev.lifesign.domain.timeline.Decision;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Applies events in order of arrival, and rejects records that are not valid events. */
final class EventHandler {

  private final TaskState state;
  private final EventIntake intake;
  private final Arrivals arrivals;
  private final PipelineObserver observer;

  EventHandler(TaskState state, EventIntake intake, Arrivals arrivals, PipelineObserver observer) {
    this.state = state;
    this.intake = intake;
    this.arrivals = arrivals;
    this.observer = observer;
  }

  /** Applies the event of a record, or publishes the record as a dead letter. */
  void handle(Record<byte[], byte[]> record, RecordMetadata origin) {
    long arrivedAt = arrivals.of(record);
    Optional<Rejection> refusal = arrivals.refusal(record, origin);
    Read<Event> read =
        refusal.isPresent()
            ? Read.rejected(refusal.get())
            : intake.read(
                origin.topic(), origin.partition(), record.key(), record.value(), arrivedAt);
    if (read.isOfItsCustomer()) {
      arrivals.note(record, arrivedAt);
    }
    if (read.rejection().isPresent()) {
      state.facts.reject(record, origin, arrivedAt, read.rejection().get());
      return;
    }
    Event event = read.accepted().orElseThrow();
    arrivals.countOvertaken(record.timestamp());
    Optional<StoredCustomer> known = state.customers.get(event.customerId());
    if (known.isEmpty() && state.erasures.drops(event.customerId(), arrivedAt)) {
      arrivals.forget(record);
      observer.droppedAsErased(event.family());
      return;
    }
    Decision decision =
        state.timeline().apply(known.map(StoredCustomer::customer), event, arrivedAt);
    if (decision.kind() != Decision.Kind.DUPLICATE) {
      state.apply(known, decision, record.timestamp());
    }
    observer.event(event.family(), decision, event.occurredAt(), arrivedAt);
  }
}
