package dev.lifesign.core.streams.codec;

import dev.lifesign.core.customer.Reason;
import dev.lifesign.core.customer.Status;
import dev.lifesign.core.lifecycle.Assessment;
import dev.lifesign.core.lifecycle.History;
import dev.lifesign.schema.history.CustomerHistory;
import dev.lifesign.schema.history.HistoryEntry;
import dev.lifesign.schema.history.HistoryReason;
import dev.lifesign.schema.history.HistoryStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Turns a customer's history into the bytes of the store {@code history} and back: one version
 * byte, then the Avro binary of {@link CustomerHistory}.
 */
public final class HistoryCodec {

  static {
    AvroLimits.set();
  }

  /** The version written. */
  static final byte VERSION = 1;

  private static final ThreadLocal<SpecificDatumWriter<CustomerHistory>> WRITER =
      ThreadLocal.withInitial(() -> new SpecificDatumWriter<>(CustomerHistory.class));
  private static final ThreadLocal<SpecificDatumReader<CustomerHistory>> READER =
      ThreadLocal.withInitial(() -> new SpecificDatumReader<>(CustomerHistory.class));

  private HistoryCodec() {}

  /** The bytes of a history. */
  public static byte[] encode(History history) {
    List<History.Change> changes = history.changes();
    CustomerHistory state =
        new CustomerHistory(
            changes.isEmpty() ? 1 : changes.get(0).sequence(),
            changes.isEmpty()
                ? null
                : changes
                    .get(0)
                    .from()
                    .map(from -> HistoryStatus.valueOf(from.name()))
                    .orElse(null),
            changes.stream().map(HistoryCodec::entry).toList());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    bytes.write(VERSION);
    try {
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
      WRITER.get().write(state, encoder);
    } catch (IOException e) {
      throw new UncheckedIOException("Bytes in memory can be written", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The history of the bytes.
   *
   * @throws IllegalStateException if they are none: the store is corrupt, or was written by a later
   *     version
   */
  public static History decode(String customerId, byte[] bytes) {
    if (bytes.length == 0 || bytes[0] != VERSION) {
      throw new IllegalStateException(
          "Expected the history of customer %s in version %d, but it has version %d; run the version of Lifesign that wrote it"
              .formatted(customerId, VERSION, bytes.length == 0 ? -1 : bytes[0]));
    }
    try {
      return history(
          READER
              .get()
              .read(null, DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, null)));
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException("The history of customer " + customerId + " is corrupt", e);
    }
  }

  private static HistoryEntry entry(History.Change change) {
    return new HistoryEntry(
        HistoryStatus.valueOf(change.to().status().name()),
        HistoryReason.valueOf(change.to().reason().name()),
        change.late(),
        Instant.ofEpochMilli(change.effectiveAt()),
        change.detectedAt() - change.effectiveAt(),
        change.policyVersion());
  }

  private static History history(CustomerHistory state) {
    List<History.Change> changes = new ArrayList<>();
    int sequence = state.getFirstSequence();
    Optional<Status> from =
        Optional.ofNullable(state.getFrom()).map(status -> Status.valueOf(status.name()));
    for (HistoryEntry entry : state.getChanges()) {
      Status to = Status.valueOf(entry.getTo().name());
      long effectiveAt = entry.getEffectiveAt().toEpochMilli();
      changes.add(
          new History.Change(
              sequence,
              from,
              new Assessment(to, Reason.valueOf(entry.getReason().name())),
              entry.getLate(),
              effectiveAt,
              effectiveAt + entry.getFoundAfter(),
              entry.getPolicyVersion()));
      from = Optional.of(to);
      sequence++;
    }
    return new History(changes);
  }
}
