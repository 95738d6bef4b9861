package dev.lifesign.core.streams.codec;

import dev.lifesign.core.customer.Reason;
import dev.lifesign.core.customer.Status;
import dev.lifesign.core.lifecycle.Assessment;
import dev.lifesign.core.lifecycle.History;
import dev.lifesign.schema.history.HistoryEntry;
import dev.lifesign.schema.history.HistoryReason;
import dev.lifesign.schema.history.HistoryStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Turns a status change of a customer's history into the bytes that the store {@code customers}
 * keeps of it, and back: one version byte, then the Avro binary of {@link HistoryEntry}.
 */
public final class HistoryCodec {

  static {
    AvroLimits.set();
  }

  /** The version written. */
  static final byte VERSION = 1;

  private static final ThreadLocal<SpecificDatumWriter<HistoryEntry>> WRITER =
      ThreadLocal.withInitial(() -> new SpecificDatumWriter<>(HistoryEntry.class));
  private static final ThreadLocal<SpecificDatumReader<HistoryEntry>> READER =
      ThreadLocal.withInitial(() -> new SpecificDatumReader<>(HistoryEntry.class));

  private HistoryCodec() {}

  /** The bytes of a change; its sequence stands in the key. */
  public static byte[] encode(History.Change change) {
    HistoryEntry entry =
        new HistoryEntry(
            change.from().map(from -> HistoryStatus.valueOf(from.name())).orElse(null),
            HistoryStatus.valueOf(change.to().status().name()),
            HistoryReason.valueOf(change.to().reason().name()),
            change.late(),
            Instant.ofEpochMilli(change.effectiveAt()),
            change.detectedAt() - change.effectiveAt(),
            change.policyVersion());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(32);
    bytes.write(VERSION);
    try {
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
      WRITER.get().write(entry, encoder);
    } catch (IOException e) {
      throw new UncheckedIOException("Bytes in memory can be written", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The change of the bytes.
   *
   * @throws IllegalStateException if they are none: the store is corrupt, or was written by a later
   *     version
   */
  public static History.Change decode(String customerId, int sequence, byte[] bytes) {
    if (bytes.length == 0 || bytes[0] != VERSION) {
      throw new IllegalStateException(
          "Expected the history of customer %s in version %d, but it has version %d; run the version of Lifesign that wrote it"
              .formatted(customerId, VERSION, bytes.length == 0 ? -1 : bytes[0]));
    }
    try {
      HistoryEntry entry =
          READER
              .get()
              .read(null, DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, null));
      long effectiveAt = entry.getEffectiveAt().toEpochMilli();
      return new History.Change(
          sequence,
          Optional.ofNullable(entry.getFrom()).map(status -> Status.valueOf(status.name())),
          new Assessment(
              Status.valueOf(entry.getTo().name()), Reason.valueOf(entry.getReason().name())),
          entry.getLate(),
          effectiveAt,
          effectiveAt + entry.getFoundAfter(),
          entry.getPolicyVersion());
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException("The history of customer " + customerId + " is corrupt", e);
    }
  }
}
