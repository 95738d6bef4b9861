package dev.lifesign.core.task;

import dev.lifesign.core.codec.StoredCustomer;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.task.Reception.Received;
import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.command.CommandResult;
import dev.lifesign.domain.customer.Answers.Refusal;
import dev.lifesign.domain.timeline.Decision;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Carries out commands in order of arrival, and answers them. Rejects records that are not valid
 * commands.
 */
final class CommandHandler {

  private final TaskState state;
  private final Reception<Command> reception;
  private final PipelineObserver observer;

  CommandHandler(
      TaskState state, CommandIntake intake, Arrivals arrivals, PipelineObserver observer) {
    this.state = state;
    this.reception = new Reception<>(state, intake, arrivals);
    this.observer = observer;
  }

  /** Carries out the command of a record, or publishes the record as a dead letter. */
  void handle(Record<byte[], byte[]> record, RecordMetadata origin) {
    Received<Command> received = reception.receive(record, origin);
    reception.accept(received).ifPresent(command -> obey(command, received));
  }

  private void obey(Command command, Received<Command> received) {
    if (received.known().isPresent()) {
      obey(command, received.known().get(), received);
    } else {
      reception.forget(received);
      answerUnknown(command, received);
    }
  }

  /**
   * Answers a command for a customer who is not known, maybe because this very command erased it.
   */
  private void answerUnknown(Command command, Received<Command> received) {
    Optional<Erasures.Proof> erasure = state.erasures.by(command);
    CommandResult result =
        erasure.isPresent()
            ? new CommandResult(command, Refusal.NONE, 0)
            : CommandResult.unknownCustomer(command);
    OptionalLong erasedAt =
        erasure.map(proof -> OptionalLong.of(proof.at())).orElseGet(OptionalLong::empty);
    answer(result, Optional.empty(), erasedAt, received);
  }

  private void obey(Command command, StoredCustomer known, Received<Command> received) {
    Decision decision = state.timeline().apply(known.customer(), command, received.arrivedAt());
    Decision.Commanded commanded = decision.command().orElseThrow();
    OptionalLong erasedAt =
        commanded.erased() ? OptionalLong.of(received.arrivedAt()) : OptionalLong.empty();
    apply(known, decision, command, received);
    answer(commanded.result(), Optional.of(decision), erasedAt, received);
  }

  /** Stores and publishes what a command changed; a repeated one changes nothing. */
  private void apply(
      StoredCustomer known, Decision decision, Command command, Received<Command> received) {
    long timestamp = received.record().timestamp();
    if (decision.command().orElseThrow().erased()) {
      state.erase(known, decision, Erasures.Proof.of(command, received.arrivedAt()), timestamp);
      reception.forget(received);
    } else if (!decision.customer().equals(known.customer())) {
      state.apply(Optional.of(known), decision, timestamp);
    }
  }

  private void answer(
      CommandResult result,
      Optional<Decision> decision,
      OptionalLong erasedAt,
      Received<Command> received) {
    state.facts.answer(result, received.arrivedAt(), erasedAt, received.record().timestamp());
    observer.command(result, decision);
  }
}
