package dev.lifesign.core.task;

import dev.lifesign.core.codec.StoredCustomer;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.task.Intake.Read;
import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.command.CommandResult;
import dev.lifesign.domain.event.Rejection;
import dev.lifesign.domain.timeline.Decision;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Carries out commands in order of arrival, and answers them. Rejects records that are not valid
 * commands.
 */
final class CommandHandler {

  private final TaskState state;
  private final CommandIntake intake;
  private final Arrivals arrivals;
  private final PipelineObserver observer;

  CommandHandler(
      TaskState state, CommandIntake intake, Arrivals arrivals, PipelineObserver observer) {
    this.state = state;
    this.intake = intake;
    this.arrivals = arrivals;
    this.observer = observer;
  }

  /** Carries out the command of a record, or publishes the record as a dead letter. */
  void handle(Record<byte[], byte[]> record, RecordMetadata origin) {
    long arrivedAt = arrivals.of(record);
    Optional<Rejection> refusal = arrivals.refusal(record, origin);
    Read<Command> read =
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
    Command command = read.accepted().orElseThrow();
    arrivals.countOvertaken(record.timestamp());
    Optional<StoredCustomer> known = state.customers.get(command.customerId());
    Optional<Decision> decision =
        known.map(stored -> state.timeline().apply(stored.customer(), command, arrivedAt));
    decision.ifPresent(outcome -> apply(known.orElseThrow(), outcome, record, arrivedAt));
    if (known.isEmpty()) {
      arrivals.forget(record);
    }
    CommandResult result =
        decision
            .flatMap(Decision::command)
            .map(Decision.Commanded::result)
            .orElseGet(() -> CommandResult.unknownCustomer(command));
    state.facts.answer(result, arrivedAt, record.timestamp());
    observer.command(result, decision);
  }

  /** Stores and publishes what a command changed; a repeated one changes nothing. */
  private void apply(
      StoredCustomer known, Decision decision, Record<byte[], byte[]> record, long arrivedAt) {
    Decision.Commanded commanded = decision.command().orElseThrow();
    if (commanded.erased()) {
      String by = commanded.result().command().by();
      state.erase(known, decision, new Erasures.Proof(arrivedAt, by), record.timestamp());
      arrivals.forget(record);
    } else if (!decision.customer().equals(known.customer())) {
      state.apply(Optional.of(known), decision, record.timestamp());
    }
  }
}
