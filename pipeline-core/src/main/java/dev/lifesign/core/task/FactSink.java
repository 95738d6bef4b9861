package dev.lifesign.core.task;

import dev.lifesign.core.codec.CommandCodec;
import dev.lifesign.core.codec.FactCodec;
import dev.lifesign.core.contract.Names;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.core.contract.Skips;
import dev.lifesign.core.contract.Tick;
import dev.lifesign.core.store.CustomerKey;
import dev.lifesign.domain.alert.AlertFact;
import dev.lifesign.domain.command.CommandResult;
import dev.lifesign.domain.event.Rejection;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.scoring.SegmentChange;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.domain.timeline.Profile;
import dev.lifesign.domain.timeline.Timeline;
import dev.lifesign.schema.PopulationSnapshot;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Forwards facts to the sink of their kind. */
final class FactSink {

  /** Of what is no fact, and of profiles, which are many. */
  private static final Headers NO_HEADERS = null;

  private final ProcessorContext<byte[], Object> context;
  private final CloudEvents cloudEvents;
  private final long mutedUntil;
  private final boolean tellsProfiles;
  private final Map<String, Optional<Duration>> retention;
  private final EarlyCommits commits;
  private final PipelineObserver observer;

  /**
   * Creates a sink.
   *
   * @param options the observer of rejections, and what to publish. Changes and alerts before the
   *     end of the muted period, and answers and dead letters of records that arrived before it,
   *     are not published. Profiles are, because the latest one stays valid, unless profiles are
   *     switched off
   * @param commits notified of status changes and alerts
   */
  FactSink(
      ProcessorContext<byte[], Object> context, PipelineOptions options, EarlyCommits commits) {
    this.context = context;
    this.cloudEvents = new CloudEvents(context.applicationId());
    this.mutedUntil = options.published().from();
    this.tellsProfiles = options.published().profiles();
    this.retention = options.erasing().retention();
    this.commits = commits;
    this.observer = options.observer();
  }

  /**
   * Publishes the facts that follow from a decision.
   *
   * @param timestamp the timestamp of the records: the arrival or the tick that caused the decision
   */
  void tell(Decision outcome, Timeline timeline, long timestamp) {
    byte[] key = CustomerKey.utf8(outcome.customer().id());
    tellChanges(key, outcome, timestamp);
    if (tellsProfiles && outcome.profileChanged()) {
      Profile profile =
          Profile.of(
              outcome.customer(),
              timeline.policyOf(outcome.customer()),
              outcome.customer().clock());
      forward(key, profile, timestamp, NO_HEADERS, Names.CUSTOMER_PROFILES_SINK);
    }
  }

  /**
   * Publishes the last facts about a customer who is erased, and removes its profile from the
   * compacted topic.
   *
   * @param timestamp the timestamp of the records: the arrival of the command
   */
  void tellLast(Decision outcome, long timestamp) {
    byte[] key = CustomerKey.utf8(outcome.customer().id());
    tellChanges(key, outcome, timestamp);
    // Also if profiles are switched off, since an earlier one may have been published before.
    forward(key, null, timestamp, NO_HEADERS, Names.CUSTOMER_PROFILES_SINK);
  }

  private void tellChanges(byte[] key, Decision outcome, long timestamp) {
    boolean awaited = false;
    for (StatusChange change : outcome.statusChanges()) {
      if (change.effectiveAt() >= mutedUntil) {
        forward(key, change, timestamp, cloudEvents.of(change, key), Names.STATUS_CHANGES_SINK);
        awaited = true;
      }
    }
    for (AlertFact alert : outcome.alerts()) {
      if (alert.detection().effectiveAt() >= mutedUntil) {
        forward(
            key,
            FactCodec.encode(alert),
            timestamp,
            cloudEvents.of(alert, key),
            Names.CHURN_ALERTS_SINK);
        awaited = true;
      }
    }
    for (SegmentChange change : outcome.segmentChanges()) {
      if (change.effectiveAt() >= mutedUntil) {
        forward(
            key,
            FactCodec.encode(change),
            timestamp,
            cloudEvents.of(change, key),
            Names.SEGMENT_CHANGES_SINK);
      }
    }
    if (awaited) {
      commits.told(timestamp);
    }
  }

  /**
   * Publishes the answer to a command.
   *
   * @param arrivedAt when the command arrived
   * @param erasedAt when the command erased its customer; empty if it did not
   * @param timestamp the timestamp of the command's record
   */
  void answer(CommandResult result, long arrivedAt, OptionalLong erasedAt, long timestamp) {
    if (timestamp >= mutedUntil) {
      String customerId = result.command().customerId();
      byte[] key = CustomerKey.utf8(customerId);
      forward(
          key,
          CommandCodec.encode(result, arrivedAt, erasedAt, retention),
          timestamp,
          cloudEvents.ofAnswer(result.command().commandId(), customerId, arrivedAt, key),
          Names.COMMAND_RESULTS_SINK);
      commits.told(timestamp);
    }
  }

  /**
   * Publishes a rejected record as a dead letter under the record's own key.
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
          cloudEvents.ofRejection(
              new Skips.Place(origin.topic(), origin.partition(), origin.offset()).toString(),
              record.timestamp()),
          Names.DEAD_LETTERS_SINK);
    }
  }

  /** Publishes a partition's counts of the population for aggregation. */
  void tell(PopulationSnapshot snapshot, long timestamp) {
    byte[] key = CustomerKey.utf8(String.valueOf(snapshot.getPartition()));
    forward(key, snapshot, timestamp, NO_HEADERS, Names.POPULATION_SINK);
  }

  /** Writes a tick. */
  void tick(Tick tick) {
    forward(CustomerKey.utf8(Tick.KEY), tick, tick.at(), NO_HEADERS, Names.TICKS_SINK);
  }

  private void forward(byte[] key, Object fact, long timestamp, Headers headers, String sink) {
    context.forward(new Record<>(key, fact, timestamp, headers), sink);
  }
}
