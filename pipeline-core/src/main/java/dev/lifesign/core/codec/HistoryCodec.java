package dev.lifesign.core.codec;

import dev.lifesign.core.wire.AvroLimits;
import dev.lifesign.domain.customer.Reason;
import dev.lifesign.domain.customer.Status;
import dev.lifesign.domain.lifecycle.Assessment;
import dev.lifesign.domain.lifecycle.History;
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
 * Turns status changes of a customer's history into bytes and back: the Avro binary of a {@link
 * HistoryEntry} for each, one after another and written field by field. What the store {@code
 * customers} keeps of them by themselves begins with a version byte. Sequences are not in the
 * bytes: they have no gap, and who keeps the last of them keeps its sequence.
 */
public final class HistoryCodec {

  static {
    AvroLimits.set();
  }

  /** The version written. Version 1 has a single change. */
  static final byte VERSION = 2;

  private static final ThreadLocal<SpecificDatumReader<HistoryEntry>> READER =
      ThreadLocal.withInitial(() -> new SpecificDatumReader<>(HistoryEntry.class));

  private HistoryCodec() {}

  /** The bytes of a change among others. */
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
      throw new UncheckedIOException("Bytes in memory can be written", e);
    }
    return bytes.toByteArray();
  }

  /** The bytes of changes that stand by themselves; the sequence of the last stands in the key. */
  public static byte[] encode(PastChanges changes) {
    byte[] entries = changes.toBytes();
    byte[] bytes = new byte[1 + entries.length];
    bytes[0] = VERSION;
    System.arraycopy(entries, 0, bytes, 1, entries.length);
    return bytes;
  }

  /**
   * The changes of bytes that stand by themselves, in order.
   *
   * @param sequence of the last
   * @throws IllegalStateException if they are none: the store is corrupt, or was written by a later
   *     version
   */
  public static List<History.Change> decode(String customerId, int sequence, byte[] bytes) {
    if (bytes.length == 0 || bytes[0] < 1 || bytes[0] > VERSION) {
      throw new IllegalStateException(
          "Expected the history of customer %s in version 1 to %d, but it has version %d; run the version of Lifesign that wrote it"
              .formatted(customerId, VERSION, bytes.length == 0 ? -1 : bytes[0]));
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
