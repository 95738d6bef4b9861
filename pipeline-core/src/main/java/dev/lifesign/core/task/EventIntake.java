package dev.lifesign.core.task;

import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.core.wire.RegistryException;
import dev.lifesign.core.wire.RegistryUnavailableException;
import dev.lifesign.core.wire.TotalDeserializer;
import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.Rejection;
import dev.lifesign.domain.event.RejectionReason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads records of input topics: returns an accepted event, or the reason for the rejection. */
final class EventIntake {

  private static final Logger LOG = LoggerFactory.getLogger(EventIntake.class);

  private static final Set<RejectionReason> NOT_OF_ITS_CUSTOMER =
      EnumSet.of(
          RejectionReason.UNDECODABLE,
          RejectionReason.UNKNOWN_ACTION,
          RejectionReason.KEY_MISMATCH,
          RejectionReason.CUSTOMER_ID_TOO_LONG,
          RejectionReason.SKIPPED,
          RejectionReason.WRONG_PARTITION);

  /**
   * Logged once per process, since a producer with a different partitioner affects all partitions.
   */
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private final Deserializer<SpecificRecord> deserializer;
  private final PipelineOptions options;

  EventIntake(Deserializer<SpecificRecord> deserializer, PipelineOptions options) {
    this.deserializer = TotalDeserializer.of(deserializer);
    this.options = options;
  }

  /** An accepted event, or the reason for the rejection; exactly one of them is present. */
  record Read(Optional<Event> event, Optional<Rejection> rejection) {

    static Read of(Event event) {
      return new Read(Optional.of(event), Optional.empty());
    }

    static Read rejected(Rejection rejection) {
      return new Read(Optional.empty(), Optional.of(rejection));
    }

    /** Whether the record is an event of the customer that its key names, accepted or not. */
    boolean isOfItsCustomer() {
      return rejection.isEmpty() || !NOT_OF_ITS_CUSTOMER.contains(rejection.get().reason());
    }
  }

  /**
   * Reads a record.
   *
   * @throws RegistryUnavailableException if its schema is unknown and the registry does not answer
   * @throws KafkaException if the registry refuses access or sends an invalid response
   */
  Read read(String topic, int partition, byte[] key, byte[] value, long arrivedAt) {
    if (value == null) {
      return rejected(
          RejectionReason.UNDECODABLE,
          "The record has no value, so it is not an event; check the producer");
    }
    try {
      return read(topic, partition, key, deserializer.deserialize(topic, value), arrivedAt);
    } catch (EventCodec.UnknownActionException e) {
      return rejected(RejectionReason.UNKNOWN_ACTION, e.getMessage());
    } catch (RegistryException e) {
      if (!e.isAboutTheRecord()) {
        throw e;
      }
      return rejected(RejectionReason.UNDECODABLE, e.getMessage());
    } catch (SerializationException e) {
      return rejected(RejectionReason.UNDECODABLE, e.getMessage());
    } catch (KafkaException e) {
      // A fault of the registry, not of the record.
      throw e;
    } catch (RuntimeException e) {
      return rejected(
          RejectionReason.UNDECODABLE,
          "The record cannot be read as an event: %s; check the producer and its schema"
              .formatted(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
    }
  }

  private Read read(
      String topic, int partition, byte[] key, SpecificRecord decoded, long arrivedAt) {
    Event event = EventCodec.decode(decoded);
    Family expected = options.topics().family(topic).orElseThrow();
    if (event.family() != expected) {
      return rejected(
          RejectionReason.UNDECODABLE,
          "The event is of the family %s, but %s takes only the family %s; send it to %s"
              .formatted(
                  event.family().label(),
                  topic,
                  expected.label(),
                  options.topics().of(event.family())));
    }
    Event settled = Acceptance.settle(event, arrivedAt);
    return keyFault(topic, partition, key, event)
        .or(() -> Acceptance.check(event, arrivedAt))
        .map(Read::rejected)
        .orElseGet(() -> Read.of(settled));
  }

  private Optional<Rejection> keyFault(String topic, int partition, byte[] key, Event event) {
    if (!Arrays.equals(key, event.customerId().getBytes(StandardCharsets.UTF_8))) {
      return Optional.of(
          new Rejection(
              RejectionReason.KEY_MISMATCH,
              "The record key "
                  + (key == null ? "is missing" : "differs from the customerId")
                  + "; the producer must set it to the customerId in UTF-8"));
    }
    if (!options.checkPartition()) {
      return Optional.empty();
    }
    int right = Utils.toPositive(Utils.murmur2(key)) % options.partitions();
    if (right == partition) {
      return Optional.empty();
    }
    String message =
        "The record is in partition %d of %s, but murmur2 assigns its key to partition %d; set partitioner=murmur2_random in librdkafka clients, or set checkPartition to false if all producers use another partitioner"
            .formatted(partition, topic, right);
    if (WARNED.compareAndSet(false, true)) {
      LOG.warn("{}", message);
    }
    return Optional.of(new Rejection(RejectionReason.WRONG_PARTITION, message));
  }

  private static Read rejected(RejectionReason reason, String message) {
    return Read.rejected(new Rejection(reason, message));
  }
}
