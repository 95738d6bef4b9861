package dev.lifesign.core.streams.codec;

import dev.lifesign.core.customer.Reason;
import dev.lifesign.core.customer.Status;
import dev.lifesign.core.lifecycle.Assessment;
import dev.lifesign.core.lifecycle.History;
import dev.lifesign.schema.history.HistoryEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;

/**
 * Turns a status change of a customer's history into the bytes that the store {@code customers}
 * keeps of it, and back: one version byte, then the Avro binary of {@link HistoryEntry}, written
 * field by field.
 */
public final class HistoryCodec {

  static {
    AvroLimits.set();
  }

  /** The version written. */
  static final byte VERSION = 1;

  private static final ThreadLocal<SpecificDatumReader<HistoryEntry>> READER =
      ThreadLocal.withInitial(() -> new SpecificDatumReader<>(HistoryEntry.class));

  private HistoryCodec() {}

  /** The bytes of a change; its sequence stands in the key. */
  public static byte[] encode(History.Change change) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(32);
    bytes.write(VERSION);
    try {
      Encoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
      if (change.from().isPresent()) {
        Unions.present(out);
        out.writeEnum(WireEnums.PAST_STATUS.symbol(change.from().get()));
      } else {
        Unions.nothing(out);
      }
      out.writeEnum(WireEnums.PAST_STATUS.symbol(change.to().status()));
      out.writeEnum(WireEnums.PAST_REASON.symbol(change.to().reason()));
      out.writeBoolean(change.late());
      out.writeLong(change.effectiveAt());
      out.writeLong(change.detectedAt() - change.effectiveAt());
      out.writeInt(change.policyVersion());
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
