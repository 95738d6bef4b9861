package dev.lifesign.core.task;

import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.core.task.Intake.Read;
import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.RejectionReason;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads the records of the topics of events: returns an accepted event, or the reason for the
 * rejection.
 */
final class EventIntake implements Reception.Reader<Event> {

  private final Intake intake;
  private final Topics topics;

  EventIntake(Deserializer<SpecificRecord> deserializer, PipelineOptions options) {
    this.intake = new Intake(deserializer, options);
    this.topics = options.topics();
  }

  /** The family whose events a topic has. */
  Family family(String topic) {
    return topics.family(topic).orElseThrow();
  }

  @Override
  public Read<Event> read(String topic, int partition, byte[] key, byte[] value, long arrivedAt) {
    return intake.read(
        topic, value, "event", decoded -> read(topic, partition, key, decoded, arrivedAt));
  }

  private Read<Event> read(
      String topic, int partition, byte[] key, SpecificRecord decoded, long arrivedAt) {
    Event event = EventCodec.decode(decoded);
    Family expected = family(topic);
    if (event.family() != expected) {
      return Read.rejected(
          RejectionReason.UNDECODABLE,
          "The event is of the family %s, but %s takes only the family %s; send it to %s"
              .formatted(
                  event.family().label(), topic, expected.label(), topics.of(event.family())));
    }
    Event settled = Acceptance.settle(event, arrivedAt);
    return intake
        .keyFault(topic, partition, key, event.customerId())
        .or(() -> Acceptance.check(event, arrivedAt))
        .map(Read::<Event>rejected)
        .orElseGet(() -> Read.of(settled));
  }
}
