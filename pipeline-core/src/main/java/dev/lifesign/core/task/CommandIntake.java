package dev.lifesign.core.task;

import dev.lifesign.core.codec.CommandCodec;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.core.task.Intake.Read;
import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.command.CommandAcceptance;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads the records of the topic of commands: returns an accepted command, or the reason for the
 * rejection.
 */
final class CommandIntake implements Reception.Reader<Command> {

  private final Intake intake;

  CommandIntake(Deserializer<SpecificRecord> deserializer, PipelineOptions options) {
    this.intake = new Intake(deserializer, options);
  }

  @Override
  public Read<Command> read(String topic, int partition, byte[] key, byte[] value, long arrivedAt) {
    return intake.read(
        topic, value, "command", decoded -> read(topic, partition, key, decoded, arrivedAt));
  }

  private Read<Command> read(
      String topic, int partition, byte[] key, SpecificRecord decoded, long arrivedAt) {
    Command command = CommandCodec.decode(decoded);
    return intake
        .keyFault(topic, partition, key, command.customerId())
        .or(() -> CommandAcceptance.check(command, arrivedAt))
        .map(Read::<Command>rejected)
        .orElseGet(() -> Read.of(command));
  }
}
