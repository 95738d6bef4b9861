package dev.lifesign.app.alert;

import dev.lifesign.app.runtime.Connections;
import dev.lifesign.core.codec.CommandCodec;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.command.CommandAcceptance;
import dev.lifesign.lab.UserError;
import dev.lifesign.schema.AlertCommand;
import dev.lifesign.schema.CommandResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;

/** Sends commands to a pipeline, and waits for their answers. */
public final class CommandClient {

  private static final Duration POLL = Duration.ofMillis(200);

  private final Connections connections;
  private final Topics topics;
  private final Serde<SpecificRecord> serde;

  /** Commands for an application. */
  public CommandClient(Connections connections, Topics topics) {
    this.connections = connections;
    this.topics = topics;
    this.serde = connections.serdes().create();
  }

  /**
   * Sends a command, and returns its answer.
   *
   * @param patience how long to wait for the answer
   * @throws UserError if the pipeline would not accept the command, if it cannot be sent, or if no
   *     answer comes in time; then it may still be carried out
   */
  public CommandResult ask(AlertCommand command, Duration patience) {
    requireAcceptable(command);
    connections.requireTopics(List.of(topics.commands(), topics.commandResults()));
    try (KafkaConsumer<byte[], byte[]> answers = connections.consumer()) {
      List<TopicPartition> places =
          answers.partitionsFor(topics.commandResults()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      answers.assign(places);
      answers.seekToEnd(places);
      // Where to read from must be settled before the command is sent.
      places.forEach(answers::position);
      send(command);
      return await(command, answers, patience);
    }
  }

  private CommandResult await(
      AlertCommand command, KafkaConsumer<byte[], byte[]> answers, Duration patience) {
    long giveUp = System.nanoTime() + patience.toNanos();
    do {
      for (ConsumerRecord<byte[], byte[]> record : answers.poll(POLL)) {
        Optional<CommandResult> answer = answer(command, record);
        if (answer.isPresent()) {
          return answer.get();
        }
      }
    } while (System.nanoTime() < giveUp);
    throw new UserError(
        "No answer came within %s; is the pipeline running? The command is in %s, and is carried out once, as soon as the pipeline reads it. To see the answer, repeat the command with --command-id %s. If the pipeline is running, it may have rejected the command: see lifesign dead-letters list --topic %s"
            .formatted(patience, topics.commands(), command.getCommandId(), topics.commands()));
  }

  private Optional<CommandResult> answer(
      AlertCommand command, ConsumerRecord<byte[], byte[]> record) {
    return serde.deserializer().deserialize(record.topic(), record.value())
                instanceof CommandResult result
            && result.getCommandId().equals(command.getCommandId())
            && result.getCustomerId().equals(command.getCustomerId())
        ? Optional.of(result)
        : Optional.empty();
  }

  private void send(AlertCommand command) {
    try (KafkaProducer<byte[], byte[]> producer = connections.producer(Map.of())) {
      producer
          .send(
              new ProducerRecord<>(
                  topics.commands(),
                  command.getCustomerId().getBytes(StandardCharsets.UTF_8),
                  serde.serializer().serialize(topics.commands(), command)))
          .get();
    } catch (ExecutionException e) {
      throw new UserError(
          "The command could not be written to %s: %s"
              .formatted(topics.commands(), e.getCause().getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** Refuses what would become a dead letter, to which no answer comes. */
  private static void requireAcceptable(AlertCommand command) {
    CommandAcceptance.check(CommandCodec.decode(command), System.currentTimeMillis())
        .ifPresent(
            rejection -> {
              throw new UserError("The command was not sent. " + rejection.message());
            });
  }
}
