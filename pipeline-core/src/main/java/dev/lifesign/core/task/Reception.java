package dev.lifesign.core.task;

import dev.lifesign.core.codec.StoredCustomer;
import dev.lifesign.core.task.Intake.Read;
import dev.lifesign.domain.event.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * What comes before an event or a command is carried out: when its record arrived, what it says,
 * and whose it is. Records that are not accepted become dead letters.
 *
 * @param <T> events, or commands
 */
final class Reception<T> {

  private final TaskState state;
  private final Reader<T> reader;
  private final Arrivals arrivals;

  Reception(TaskState state, Reader<T> reader, Arrivals arrivals) {
    this.state = state;
    this.reader = reader;
    this.arrivals = arrivals;
  }

  /** Reads the records of a topic. */
  interface Reader<T> {

    /** Reads a record; {@link Intake#read} says what it throws. */
    Read<T> read(String topic, int partition, byte[] key, byte[] value, long arrivedAt);
  }

  /**
   * A record that was read.
   *
   * @param arrivedAt when it arrived, milliseconds since 1970; negative if its timestamp was
   * @param known its customer; empty if it is not known, or if the record may not be of the
   *     customer that its key names
   */
  record Received<T>(
      Record<byte[], byte[]> record,
      RecordMetadata origin,
      long arrivedAt,
      Read<T> read,
      Optional<StoredCustomer> known) {}

  /** Reads a record. */
  Received<T> receive(Record<byte[], byte[]> record, RecordMetadata origin) {
    long arrivedAt = arrivals.of(record);
    Optional<Rejection> refusal = arrivals.refusal(record, origin);
    Read<T> read =
        refusal.isPresent()
            ? Read.rejected(refusal.get())
            : reader.read(
                origin.topic(), origin.partition(), record.key(), record.value(), arrivedAt);
    Optional<StoredCustomer> known = Optional.empty();
    if (read.isOfItsCustomer()) {
      arrivals.note(record, arrivedAt);
      known = state.customers.get(customerId(record));
    }
    return new Received<>(record, origin, arrivedAt, read, known);
  }

  /** Whether a record is about a customer who was erased, and arrived while that drops it. */
  boolean isOfErased(Received<T> received) {
    return received.known().isEmpty()
        && received.read().isOfItsCustomer()
        && state.erasures.drops(customerId(received.record()), received.arrivedAt());
  }

  /** What a record says; empty if it is not accepted, in which case it becomes a dead letter. */
  Optional<T> accept(Received<T> received) {
    received
        .read()
        .rejection()
        .ifPresentOrElse(
            rejection ->
                state.facts.reject(
                    received.record(), received.origin(), received.arrivedAt(), rejection),
            () -> arrivals.countOvertaken(received.record().timestamp()));
    return received.read().accepted();
  }

  /** Forgets when a record of its customer arrived, since nothing else is kept of the customer. */
  void forget(Received<T> received) {
    arrivals.forget(received.record());
  }

  /** The id of the customer that the key names. */
  private static String customerId(Record<byte[], byte[]> record) {
    return new String(record.key(), StandardCharsets.UTF_8);
  }
}
