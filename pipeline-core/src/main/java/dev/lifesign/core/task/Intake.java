package dev.lifesign.core.task;

import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.core.wire.RegistryException;
import dev.lifesign.core.wire.RegistryUnavailableException;
import dev.lifesign.core.wire.TotalDeserializer;
import dev.lifesign.domain.event.Rejection;
import dev.lifesign.domain.event.RejectionReason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What reading an event and reading a command have in common. */
final class Intake {

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

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

  Intake(Deserializer<SpecificRecord> deserializer, PipelineOptions options) {
    this.deserializer = TotalDeserializer.of(deserializer);
    this.options = options;
  }

  /** What was accepted, or the reason for the rejection; exactly one of them is present. */
  record Read<T>(Optional<T> accepted, Optional<Rejection> rejection) {

    static <T> Read<T> of(T accepted) {
      return new Read<>(Optional.of(accepted), Optional.empty());
    }

    static <T> Read<T> rejected(Rejection rejection) {
      return new Read<>(Optional.empty(), Optional.of(rejection));
    }

    static <T> Read<T> rejected(RejectionReason reason, String message) {
      return rejected(new Rejection(reason, message));
    }

    /** Whether the record is of the customer that its key names, accepted or not. */
    boolean isOfItsCustomer() {
      return rejection.isEmpty() || !NOT_OF_ITS_CUSTOMER.contains(rejection.get().reason());
    }
  }

  /**
   * Decodes the value of a record and reads it further.
   *
   * @param kind what the record should be, such as {@code event}, for messages
   * @param further reads what was decoded
   * @throws RegistryUnavailableException if its schema is unknown and the registry does not answer
   * @throws KafkaException if the registry refuses access or sends an invalid response
   */
  <T> Read<T> read(
      String topic, byte[] value, String kind, Function<SpecificRecord, Read<T>> further) {
    if (value == null) {
      return Read.rejected(
          RejectionReason.UNDECODABLE,
          "The record has no value, so it is not %s %s; check the producer"
              .formatted(article(kind), kind));
    }
    try {
      return further.apply(deserializer.deserialize(topic, value));
    } catch (EventCodec.UnknownActionException e) {
      return Read.rejected(RejectionReason.UNKNOWN_ACTION, e.getMessage());
    } catch (RegistryException e) {
      if (!e.isAboutTheRecord()) {
        throw e;
      }
      return Read.rejected(RejectionReason.UNDECODABLE, e.getMessage());
    } catch (SerializationException e) {
      return Read.rejected(RejectionReason.UNDECODABLE, e.getMessage());
    } catch (KafkaException e) {
      // A fault of the registry, not of the record.
      throw e;
    } catch (RuntimeException e) {
      return Read.rejected(
          RejectionReason.UNDECODABLE,
          "The record cannot be read as %s %s: %s; check the producer and its schema"
              .formatted(
                  article(kind),
                  kind,
                  e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
    }
  }

  private static String article(String kind) {
    return kind.equals("event") ? "an" : "a";
  }

  /** What is wrong with the key of a customer's record, or with its partition. */
  Optional<Rejection> keyFault(String topic, int partition, byte[] key, String customerId) {
    if (!Arrays.equals(key, customerId.getBytes(StandardCharsets.UTF_8))) {
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
}
