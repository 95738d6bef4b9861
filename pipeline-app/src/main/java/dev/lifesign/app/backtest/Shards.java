package dev.lifesign.app.backtest;

import dev.lifesign.app.UserError;
import dev.lifesign.app.file.Line;
import dev.lifesign.app.runtime.Folders;
import dev.lifesign.core.customer.RecentEvents;
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
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
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
 * order of its lines. Customers are in an order of their own, which is that of a hash: shard by
 * shard it is the same, however many shards there are.
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
  private final Map<Family, Schema> schemas = new ConcurrentHashMap<>();

  /** By a part of the shards, which is written by one thread at a time. */
  private final List<Map<Family, SpecificDatumWriter<SpecificRecord>>> writers = new ArrayList<>();

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
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      writers.add(new EnumMap<>(Family.class));
    }
    try {
      folder = Files.createTempDirectory("lifesign-backtest");
      long count = Math.min(MOST, FEWEST + size / BYTES);
      for (int i = 0; i < count; i++) {
        OutputStream file = new BufferedOutputStream(Files.newOutputStream(file(i)), BUFFER);
        files.add(file);
        encoders.add(EncoderFactory.get().binaryEncoder(file, null));
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

  /** Adds the lines that are events. */
  void add(List<Line> batch) {
    int[] shards =
        batch.parallelStream().mapToInt(line -> line.event().map(this::shard).orElse(-1)).toArray();
    int parts = writers.size();
    IntStream.range(0, parts)
        .parallel()
        .forEach(
            part -> {
              for (int i = 0; i < shards.length; i++) {
                if (shards[i] >= 0 && shards[i] % parts == part) {
                  add(batch.get(i), writers.get(part), encoders.get(shards[i]));
                }
              }
            });
    events += Arrays.stream(shards).filter(shard -> shard >= 0).count();
  }

  private int shard(Event event) {
    return (int) (((place(event.customerId()) >>> Integer.SIZE) * files.size()) >>> Integer.SIZE);
  }

  /** Where a customer is in the order of all, unsigned: the finalizer of MurmurHash3, 64 bits. */
  private static long place(String customerId) {
    long hash = RecentEvents.hash(customerId);
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }

  private void add(
      Line line, Map<Family, SpecificDatumWriter<SpecificRecord>> by, BinaryEncoder encoder) {
    Event event = line.event().orElseThrow();
    SpecificRecord record = EventCodec.encode(event);
    try {
      encoder.writeLong(line.number());
      encoder.writeLong(line.arrivedAt());
      encoder.writeInt(event.family().ordinal());
      by.computeIfAbsent(event.family(), family -> writer(family, record.getSchema()))
          .write(record, encoder);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private SpecificDatumWriter<SpecificRecord> writer(Family family, Schema schema) {
    schemas.put(family, schema);
    return new SpecificDatumWriter<>(schema);
  }

  /** Nothing more is added. */
  void finish() {
    try {
      for (int i = 0; i < files.size(); i++) {
        encoders.get(i).flush();
        files.get(i).close();
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
    record Placed(long place, String customerId) {}

    return told.keySet().stream()
        .map(id -> new Placed(place(id), id))
        .sorted(
            Comparator.comparingLong((Placed each) -> each.place() + Long.MIN_VALUE)
                .thenComparing(Placed::customerId))
        .map(each -> inOrder(told.get(each.customerId())))
        .toList();
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
