package dev.lifesign.bench.entrant;

import dev.lifesign.bench.job.JobEvents;
import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Family;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/** A file with the values of a job's records as they are in the topics, in order of arrival. */
final class RecordFile {

  private static final int BUFFER = 1 << 16;
  private static final Family[] FAMILIES = Family.values();

  private final Path path;
  private final Serde<SpecificRecord> serde;
  private final Topics topics;

  RecordFile(Path path, Serde<SpecificRecord> serde, Topics topics) {
    this.path = path;
    this.serde = serde;
    this.topics = topics;
  }

  /** Receives events. */
  interface Taker {
    /** Receives an event. */
    void take(Event event, long arrivedAt);
  }

  /** Writes all events of a job. */
  void write(JobEvents events) {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(path), BUFFER))) {
      while (events.hasNext()) {
        JobEvents.Arrived next = events.next();
        Family family = next.event().family();
        byte[] value =
            serde.serializer().serialize(topics.of(family), EventCodec.encode(next.event()));
        out.writeLong(next.arrivedAt());
        out.writeByte(family.ordinal());
        out.writeInt(value.length);
        out.write(value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the given number of events. */
  void read(long count, Taker taker) {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(path), BUFFER))) {
      for (long i = 0; i < count; i++) {
        long arrivedAt = in.readLong();
        String topic = topics.of(FAMILIES[in.readByte()]);
        byte[] value = in.readNBytes(in.readInt());
        taker.take(EventCodec.decode(serde.deserializer().deserialize(topic, value)), arrivedAt);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
