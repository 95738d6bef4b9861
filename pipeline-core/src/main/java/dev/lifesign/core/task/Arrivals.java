package dev.lifesign.core.task;

import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.Skips;
import dev.lifesign.core.store.CommitNotice;
import dev.lifesign.core.wire.SchemaGate;
import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.event.Rejection;
import dev.lifesign.domain.event.RejectionReason;
import dev.lifesign.domain.time.Instants;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The arrivals of a task's input records. Events and commands share them: a customer's command that
 * is read after an event of the same arrival arrives 1 ms after it.
 */
final class Arrivals {

  private final TaskState state;
  private final Skips skips;
  private final PipelineObserver observer;
  private final ArrivalOrder order;
  private final CommitNotice.Handle commits;
  private long last = Instants.NEVER;

  Arrivals(
      TaskState state,
      Skips skips,
      PipelineObserver observer,
      KeyValueStore<Bytes, byte[]> commitNotice) {
    this.state = state;
    this.skips = skips;
    this.observer = observer;
    this.order = state.marks.arrivals();
    this.commits = new CommitNotice.Handle(commitNotice, this::keep);
  }

  /** When a record arrived, milliseconds since 1970; negative if its timestamp was. */
  long of(Record<byte[], byte[]> record) {
    Header negative = record.headers().lastHeader(ArrivalExtractor.NEGATIVE);
    return negative == null
        ? order.arrivalOf(key(record), record.timestamp())
        : ByteBuffer.wrap(negative.value()).getLong();
  }

  /** The reason not to read a record at all; empty if it can be read. */
  Optional<Rejection> refusal(Record<byte[], byte[]> record, RecordMetadata origin) {
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

  /** Notes that a record of the customer that its key names was read. */
  void note(Record<byte[], byte[]> record, long arrivedAt) {
    boolean isInTime = arrivedAt >= 0 && record.timestamp() <= Acceptance.LATEST;
    if (!isInTime) {
      return;
    }
    boolean asked = order.hasChanged();
    order.read(key(record), record.timestamp(), arrivedAt);
    if (!asked) {
      commits.ask();
    }
  }

  /** Forgets the customer of a record, who was erased. */
  void forget(Record<byte[], byte[]> record) {
    order.forget(key(record));
  }

  private static Bytes key(Record<byte[], byte[]> record) {
    return Bytes.wrap(record.key() == null ? new byte[0] : record.key());
  }

  private void keep() {
    if (order.hasChanged()) {
      state.marks.arrivals(order);
    }
  }

  /** Counts an accepted record that a tick or a later record has overtaken. */
  void countOvertaken(long timestamp) {
    long lastTick = state.lastTick();
    if (lastTick != Instants.NEVER) {
      long horizon = state.timeline().horizon(lastTick);
      if (horizon > timestamp) {
        observer.overtakenByTick(horizon - timestamp);
      }
    }
    if (last > timestamp) {
      observer.overtakenByEvent(last - timestamp);
    }
    last = Math.max(last, timestamp);
  }
}
