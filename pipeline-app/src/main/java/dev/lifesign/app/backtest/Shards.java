package dev.lifesign.app.backtest;

import dev.lifesign.app.UserError;
import dev.lifesign.app.file.Line;
import dev.lifesign.app.runtime.Folders;
import dev.lifesign.core.event.Event;
import dev.lifesign.core.event.Family;
import dev.lifesign.core.streams.codec.EventCodec;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * The events of a file, shared out by customer to files of their own, so that a part of the
 * customers can be played with all that they did at hand, whatever the size of the whole and the
 * order of its lines.
 */
final class Shards implements AutoCloseable {

  /** What a shard holds of a file, about. */
  private static final long BYTES = 16L << 20;

  private static final int FEWEST = 8;
  private static final int MOST = 256;
  private static final int BUFFER = 1 << 16;

  private final Path folder;
  private final List<OutputStream> files = new ArrayList<>();
  private final List<BinaryEncoder> encoders = new ArrayList<>();
  private final Map<Family, Schema> schemas = new EnumMap<>(Family.class);
  private final Map<Family, SpecificDatumWriter<SpecificRecord>> writers =
      new EnumMap<>(Family.class);
  private long events;

  /**
   * An event and its arrival, as the file has it.
   *
   * @param number the line's number
   */
  private record Told(long number, long arrivedAt, Event event) {}

  /**
   * What a customer did.
   *
   * @param event not yet checked for acceptance
   * @param arrivedAt distinct for each event of the customer, and ascending
   */
  record Arrived(Event event, long arrivedAt) {}

  /** Shards for a file of so many bytes. */
  Shards(long size) {
    try {
      folder = Files.createTempDirectory("lifesign-backtest");
      long count = Math.min(MOST, FEWEST + size / BYTES);
      for (int i = 0; i < count; i++) {
        OutputStream file = new BufferedOutputStream(Files.newOutputStream(file(i)), BUFFER);
        files.add(file);
        encoders.add(EncoderFactory.get().directBinaryEncoder(file, null));
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  int count() {
    return files.size();
  }

  /** How many events were added. */
  long events() {
    return events;
  }

  /** Adds a line, if it is an event. */
  void add(Line line) {
    if (line.event().isEmpty()) {
      return;
    }
    Event event = line.event().get();
    SpecificRecord record = EventCodec.encode(event);
    BinaryEncoder encoder =
        encoders.get(Math.floorMod(event.customerId().hashCode(), encoders.size()));
    try {
      encoder.writeLong(line.number());
      encoder.writeLong(line.arrivedAt());
      encoder.writeInt(event.family().ordinal());
      schemas.putIfAbsent(event.family(), record.getSchema());
      writers
          .computeIfAbsent(event.family(), any -> new SpecificDatumWriter<>(record.getSchema()))
          .write(record, encoder);
    } catch (IOException e) {
      throw failed(e);
    }
    events++;
  }

  /** Nothing more is added. */
  void finish() {
    try {
      for (OutputStream file : files) {
        file.close();
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** The customers of a shard, each with what it did in the order of arrival. */
  List<List<Arrived>> customers(int shard) {
    Map<String, List<Told>> told = new HashMap<>();
    Map<Family, SpecificDatumReader<SpecificRecord>> readers = new EnumMap<>(Family.class);
    try (InputStream file = Files.newInputStream(file(shard))) {
      BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(file, null);
      while (!decoder.isEnd()) {
        long number = decoder.readLong();
        long arrivedAt = decoder.readLong();
        Family family = Family.values()[decoder.readInt()];
        SpecificRecord record =
            readers
                .computeIfAbsent(family, any -> new SpecificDatumReader<>(schemas.get(family)))
                .read(null, decoder);
        Event event = EventCodec.decode(record);
        told.computeIfAbsent(event.customerId(), any -> new ArrayList<>())
            .add(new Told(number, arrivedAt, event));
      }
    } catch (IOException e) {
      throw failed(e);
    }
    List<List<Arrived>> customers = new ArrayList<>();
    told.values().forEach(each -> customers.add(inOrder(each)));
    return customers;
  }

  /**
   * By arrival, then by line; equal arrivals of a customer a millisecond apart (semantics, Time).
   */
  private static List<Arrived> inOrder(List<Told> told) {
    told.sort(Comparator.comparingLong(Told::arrivedAt).thenComparingLong(Told::number));
    List<Arrived> arrived = new ArrayList<>(told.size());
    long last = Long.MIN_VALUE;
    for (Told each : told) {
      last = each.arrivedAt() > last ? each.arrivedAt() : last + 1;
      arrived.add(new Arrived(each.event(), last));
    }
    return arrived;
  }

  private Path file(int shard) {
    return folder.resolve("shard-" + shard);
  }

  private UserError failed(IOException e) {
    return new UserError(
        "Expected to keep the events while they are played, but: %s; make room in %s"
            .formatted(e.getMessage(), System.getProperty("java.io.tmpdir")),
        e);
  }

  @Override
  public void close() {
    finish();
    Folders.delete(folder);
  }
}
