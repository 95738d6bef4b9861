package dev.lifesign.core.streams.codec;

import dev.lifesign.core.lifecycle.StatusChange;
import dev.lifesign.core.scoring.SegmentChange;
import dev.lifesign.core.timeline.Profile;
import dev.lifesign.schema.CustomerProfile;
import java.io.IOException;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.specific.SpecificRecord;

/**
 * How facts of a kind that are told for most events look on the wire: as a record, for a serde that
 * others wrote, or as the same bytes written field by field, without a record between.
 *
 * @param schema of the record
 * @param toRecord the record of a fact
 * @param fields writes the fields of a fact in the order of the schema
 * @param <T> the kind of fact
 */
public record FactFormat<T>(
    Schema schema, Function<T, ? extends SpecificRecord> toRecord, Fields<T> fields) {

  /** Of status changes. */
  public static final FactFormat<StatusChange> STATUS_CHANGE =
      new FactFormat<>(
          dev.lifesign.schema.StatusChange.getClassSchema(), FactCodec::encode, FactWriter::write);

  /** Of segment changes. */
  public static final FactFormat<SegmentChange> SEGMENT_CHANGE =
      new FactFormat<>(
          dev.lifesign.schema.SegmentChange.getClassSchema(), FactCodec::encode, FactWriter::write);

  /** Of profiles. */
  public static final FactFormat<Profile> PROFILE =
      new FactFormat<>(CustomerProfile.getClassSchema(), FactCodec::encode, FactWriter::write);

  /** Writes the fields of a fact. */
  @FunctionalInterface
  public interface Fields<T> {

    /**
     * Writes them in the order of the schema.
     *
     * @throws IOException if the encoder cannot write
     */
    void write(T fact, Encoder out) throws IOException;
  }
}
