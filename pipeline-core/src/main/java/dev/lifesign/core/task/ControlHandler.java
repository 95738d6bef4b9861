package dev.lifesign.core.task;

import dev.lifesign.core.codec.PopulationCodec;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.event.Rejection;
import dev.lifesign.domain.policy.PublishedPolicy;
import dev.lifesign.domain.policy.UnreadablePolicyException;
import dev.lifesign.domain.scoring.CutHistory;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.schema.ControlRecord;
import dev.lifesign.schema.PolicyInForce;
import dev.lifesign.schema.PopulationCuts;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies the ticks, policies and cut points of the control topic. */
final class ControlHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ControlHandler.class);

  private final TaskState state;
  private final DueWork due;
  private final ControlIntake intake;
  private final PipelineObserver observer;

  ControlHandler(TaskState state, DueWork due, ControlIntake intake, PipelineObserver observer) {
    this.state = state;
    this.due = due;
    this.intake = intake;
    this.observer = observer;
  }

  /**
   * Applies a record.
   *
   * @throws ControlRecordException if the record must be understood but cannot be
   */
  void handle(Record<byte[], byte[]> record, RecordMetadata origin) {
    if (record.value() == null) {
      return;
    }
    ControlIntake.Read read = intake.read(record.key(), record.value(), origin);
    if (read.rejection().isPresent()) {
      Rejection rejection = read.rejection().get();
      LOG.warn("{}: {}", ControlIntake.place(origin), rejection.message());
      state.facts.reject(record, origin, record.timestamp(), rejection);
      return;
    }
    try {
      take(read.record().orElseThrow(), record.timestamp());
    } catch (UnreadablePolicyException | IllegalArgumentException e) {
      throw new ControlRecordException(ControlIntake.place(origin) + ": " + e.getMessage(), e);
    }
  }

  private void take(ControlRecord record, long timestamp) {
    if (record.getBody() instanceof PolicyInForce policy) {
      adopt(policy);
    } else if (record.getBody() instanceof PopulationCuts cuts) {
      // Cut points must not change what has been decided already.
      adopt(cuts, Math.max(timestamp, state.lastTick()));
    } else if (timestamp <= Acceptance.LATEST && timestamp > state.lastTick()) {
      state.tick(timestamp);
      due.resume();
      observer.tickRead(state.partition, timestamp);
    }
  }

  private void adopt(PolicyInForce policy) {
    long from = policy.getFrom() == null ? Instants.NEVER : policy.getFrom().toEpochMilli();
    PublishedPolicy published =
        new PublishedPolicy(
            policy.getVersion(), policy.getPolicy(), policy.getFormat(), policy.getBuild());
    if (state.policies.adopt(from, published)) {
      LOG.info(
          "Partition {}: policy version {} is in force from {}",
          state.partition,
          policy.getVersion(),
          policy.getFrom());
    }
    state.refreshTimeline();
    due.resume();
  }

  private void adopt(PopulationCuts cuts, long from) {
    state.cuts.adopt(new CutHistory.InForce(from, PopulationCodec.decode(cuts)));
    state.refreshTimeline();
  }
}
