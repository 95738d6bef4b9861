package dev.lifesign.core.task;

import dev.lifesign.core.codec.FactCodec;
import dev.lifesign.core.contract.Names;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.core.contract.Tick;
import dev.lifesign.core.store.CustomerKey;
import dev.lifesign.domain.alert.AlertFact;
import dev.lifesign.domain.event.Rejection;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.scoring.SegmentChange;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.domain.timeline.Profile;
import dev.lifesign.domain.timeline.Timeline;
import dev.lifesign.schema.PopulationSnapshot;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Forwards what is to be told to the sinks of its kind. */
final class FactSink {

  private final ProcessorContext<byte[], Object> context;
  private final long mutedUntil;
  private final boolean tellsProfiles;
  private final EarlyCommits commits;
  private final PipelineObserver observer;

  /**
   * A sink.
   *
   * @param options name the observer of rejections, and say until when it is muted: changes and
   *     alerts of before that instant, and dead letters of records that arrived before it, are not
   *     told; profiles are, since the latest holds, unless they are never told
   * @param commits is told of changes and alerts
   */
  FactSink(
      ProcessorContext<byte[], Object> context, PipelineOptions options, EarlyCommits commits) {
    this.context = context;
    this.mutedUntil = options.published().from();
    this.tellsProfiles = options.published().profiles();
    this.commits = commits;
    this.observer = options.observer();
  }

  /**
   * Tells an outcome.
   *
   * @param timestamp of the records: the arrival or the tick that brought it about
   */
  void tell(Decision outcome, Timeline timeline, long timestamp) {
    byte[] key = CustomerKey.utf8(outcome.customer().id());
    boolean awaited = false;
    for (StatusChange change : outcome.statusChanges()) {
      if (change.effectiveAt() >= mutedUntil) {
        forward(key, change, timestamp, Names.STATUS_CHANGES_SINK);
        awaited = true;
      }
    }
    for (AlertFact alert : outcome.alerts()) {
      if (alert.at() >= mutedUntil) {
        forward(key, FactCodec.encode(alert), timestamp, Names.CHURN_ALERTS_SINK);
        awaited = true;
      }
    }
    for (SegmentChange change : outcome.segmentChanges()) {
      if (change.effectiveAt() >= mutedUntil) {
        forward(key, FactCodec.encode(change), timestamp, Names.SEGMENT_CHANGES_SINK);
      }
    }
    if (tellsProfiles && outcome.profileChanged()) {
      Profile profile =
          Profile.of(
              outcome.customer(),
              timeline.policyOf(outcome.customer()),
              outcome.customer().clock());
      forward(key, profile, timestamp, Names.CUSTOMER_PROFILES_SINK);
    }
    if (awaited) {
      commits.told(timestamp);
    }
  }

  /**
   * Publishes a dead letter of a record that was not accepted, under the record's own key.
   *
   * @param arrivedAt when the record arrived
   */
  void reject(
      Record<byte[], byte[]> record, RecordMetadata origin, long arrivedAt, Rejection rejection) {
    observer.rejected(rejection.reason());
    if (record.timestamp() >= mutedUntil) {
      DeadLetters.Origin place =
          new DeadLetters.Origin(origin.topic(), origin.partition(), origin.offset(), arrivedAt);
      forward(
          DeadLetters.key(record.key()),
          DeadLetters.of(place, record.key(), record.value(), record.headers(), rejection),
          record.timestamp(),
          Names.DEAD_LETTERS_SINK);
    }
  }

  /** Sends what a partition has counted of the population to where all are added up. */
  void tell(PopulationSnapshot snapshot, long timestamp) {
    byte[] key = CustomerKey.utf8(String.valueOf(snapshot.getPartition()));
    forward(key, snapshot, timestamp, Names.POPULATION_SINK);
  }

  /** Writes a tick. */
  void tick(Tick tick) {
    forward(CustomerKey.utf8(Tick.KEY), tick, tick.at(), Names.TICKS_SINK);
  }

  private void forward(byte[] key, Object fact, long timestamp, String sink) {
    context.forward(new Record<>(key, fact, timestamp), sink);
  }
}
