package dev.lifesign.core.task;

import dev.lifesign.core.codec.StoredCustomer;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.Skips;
import dev.lifesign.core.store.CommitNotice;
import dev.lifesign.core.wire.SchemaGate;
import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Rejection;
import dev.lifesign.domain.event.RejectionReason;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Decision;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/** Applies events in order of arrival, and rejects records that are not valid events. */
final class EventHandler {

  private final TaskState state;
  private final EventIntake intake;
  private final Skips skips;
  private final PipelineObserver observer;
  private final ArrivalOrder arrivals;
  private final CommitNotice.Handle commits;
  private long lastArrival = Instants.NEVER;

  EventHandler(
      TaskState state,
      EventIntake intake,
      Skips skips,
      PipelineObserver observer,
      KeyValueStore<Bytes, byte[]> commitNotice) {
    this.state = state;
    this.intake = intake;
    this.skips = skips;
    this.observer = observer;
    this.arrivals = state.marks.arrivals();
    this.commits = new CommitNotice.Handle(commitNotice, this::keepArrivals);
  }

  /** Applies the event of a record, or publishes the record as a dead letter. */
  void handle(Record<byte[], byte[]> record, RecordMetadata origin) {
    Header negative = record.headers().lastHeader(ArrivalExtractor.NEGATIVE);
    Bytes key = Bytes.wrap(record.key() == null ? new byte[0] : record.key());
    long arrivedAt =
        negative == null
            ? arrivals.arrivalOf(key, record.timestamp())
            : ByteBuffer.wrap(negative.value()).getLong();
    Optional<Rejection> unread = unread(record, origin);
    EventIntake.Read read =
        unread.isPresent()
            ? EventIntake.Read.rejected(unread.get())
            : intake.read(
                origin.topic(), origin.partition(), record.key(), record.value(), arrivedAt);
    if (negative == null && record.timestamp() <= Acceptance.LATEST && read.isOfItsCustomer()) {
      noteArrival(key, record.timestamp(), arrivedAt);
    }
    if (read.rejection().isPresent()) {
      state.facts.reject(record, origin, arrivedAt, read.rejection().get());
      return;
    }
    Event event = read.event().orElseThrow();
    countOvertaken(record.timestamp());
    Optional<StoredCustomer> known = state.customers.get(event.customerId());
    Decision decision =
        state.timeline().apply(known.map(StoredCustomer::customer), event, arrivedAt);
    if (decision.kind() != Decision.Kind.DUPLICATE) {
      state.apply(known, decision, record.timestamp());
    }
    observer.event(event.family(), decision, event.occurredAt(), arrivedAt);
  }

  /** The reason not to read a record at all; empty if it can be read. */
  private Optional<Rejection> unread(Record<byte[], byte[]> record, RecordMetadata origin) {
    Optional<Rejection> skipped =
        skips
            .of(origin.topic(), origin.partition(), origin.offset())
            .map(
                skip ->
                    new Rejection(
                        RejectionReason.SKIPPED,
                        "Skipped by %s at %s: %s".formatted(skip.by(), skip.at(), skip.reason())));
    if (skipped.isPresent()) {
      return skipped;
    }
    return SchemaGate.refusal(record.headers())
        .map(sentence -> new Rejection(RejectionReason.UNDECODABLE, sentence));
  }

  private void noteArrival(Bytes key, long timestamp, long arrivedAt) {
    boolean asked = arrivals.hasChanged();
    arrivals.read(key, timestamp, arrivedAt);
    if (!asked) {
      commits.ask();
    }
  }

  private void keepArrivals() {
    if (arrivals.hasChanged()) {
      state.marks.arrivals(arrivals);
    }
  }

  private void countOvertaken(long arrivedAt) {
    long lastTick = state.lastTick();
    if (lastTick != Instants.NEVER) {
      long horizon = state.timeline().horizon(lastTick);
      if (horizon > arrivedAt) {
        observer.overtakenByTick(horizon - arrivedAt);
      }
    }
    if (lastArrival > arrivedAt) {
      observer.overtakenByEvent(lastArrival - arrivedAt);
    }
    lastArrival = Math.max(lastArrival, arrivedAt);
  }
}
