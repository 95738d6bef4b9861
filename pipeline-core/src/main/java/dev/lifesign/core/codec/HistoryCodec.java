package dev.lifesign.core.codec;

import dev.lifesign.core.wire.AvroLimits;
import dev.lifesign.domain.lifecycle.Assessment;
import dev.lifesign.domain.lifecycle.History;
import dev.lifesign.domain.status.Reason;
import dev.lifesign.domain.status.Status;
import dev.lifesign.schema.history.HistoryEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;

/**
 * Encodes and decodes the status changes of a customer's history, each as the Avro binary of a
 * {@link HistoryEntry}, one after another. Blocks of changes in the store {@code customers} begin
 * with a version byte. Sequences are not encoded: they have no gaps, and the sequence of the last
 * change is stored beside the bytes.
 */
public final class HistoryCodec {

  static {
    AvroLimits.set();
  }

  /** The version that is written. Version 1 has a single change. */
  static final byte VERSION = 2;

  private static final ThreadLocal<SpecificDatumReader<HistoryEntry>> READER =
      ThreadLocal.withInitial(() -> new SpecificDatumReader<>(HistoryEntry.class));

  private HistoryCodec() {}

  /** Encodes one change, without a version byte. */
  static byte[] entry(History.Change change) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(32);
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
      throw new UncheckedIOException("A status change could not be written to memory", e);
    }
    return bytes.toByteArray();
  }

  /** Encodes a block of changes; the sequence of the last one belongs in the block's key. */
  public static byte[] encode(PastChanges changes) {
    byte[] entries = changes.toBytes();
    byte[] bytes = new byte[1 + entries.length];
    bytes[0] = VERSION;
    System.arraycopy(entries, 0, bytes, 1, entries.length);
    return bytes;
  }

  /**
   * Decodes a block of changes, oldest first.
   *
   * @param sequence the sequence of the last change
   * @throws IllegalStateException if the bytes are not a block of changes: the store is corrupt, or
   *     a later version wrote it
   */
  public static List<History.Change> decode(String customerId, int sequence, byte[] bytes) {
    if (bytes.length == 0 || bytes[0] < 1 || bytes[0] > VERSION) {
      throw new IllegalStateException(
          "The history of customer %s has version %d, but this build reads versions 1 to %d; run the version of Lifesign that wrote it"
              .formatted(customerId, bytes.length == 0 ? -1 : bytes[0], VERSION));
    }
    return decode(customerId, sequence, bytes, 1);
  }

  static List<History.Change> decode(String customerId, int sequence, byte[] bytes, int from) {
    try {
      List<HistoryEntry> entries = new ArrayList<>();
      BinaryDecoder in = DecoderFactory.get().binaryDecoder(bytes, from, bytes.length - from, null);
      while (!in.isEnd()) {
        entries.add(READER.get().read(null, in));
      }
      List<History.Change> changes = new ArrayList<>(entries.size());
      for (HistoryEntry entry : entries) {
        changes.add(change(sequence - entries.size() + 1 + changes.size(), entry));
      }
      return changes;
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException("The history of customer " + customerId + " is corrupt", e);
    }
  }

  private static History.Change change(int sequence, HistoryEntry entry) {
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
  }
}
