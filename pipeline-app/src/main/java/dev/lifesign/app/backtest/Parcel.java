package dev.lifesign.app.backtest;

import dev.lifesign.app.file.Line;
import dev.lifesign.core.event.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.ToIntFunction;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;

/**
 * What some lines of a file tell, in the bytes that go to the file of each shard: for each event
 * two numbers of four bytes, how long the event is and what is told with it; the event; its
 * customer, line and arrival.
 */
final class Parcel {

  /** Of an event and its customer, more than most have. */
  private static final int USUAL_BYTES = 80;

  private static final int LENGTHS = 2 * Integer.BYTES;
  private static final byte[] NO_LENGTHS = new byte[LENGTHS];

  private final byte[] bytes;

  /** By shard: where its bytes end, which is where those of the next begin. */
  private final int[] ends;

  private final int lines;
  private final List<Line> unreadable;

  private Parcel(byte[] bytes, int[] ends, int lines, List<Line> unreadable) {
    this.bytes = bytes;
    this.ends = ends;
    this.lines = lines;
    this.unreadable = unreadable;
  }

  /**
   * Makes one.
   *
   * @param shards how many there are
   * @param shard the shard of a customer
   */
  static Parcel of(List<Line> lines, int shards, ToIntFunction<String> shard) {
    List<Line> events = lines.stream().filter(line -> line.event().isPresent()).toList();
    int[] shardOf = new int[events.size()];
    for (int i = 0; i < shardOf.length; i++) {
      shardOf[i] = shard.applyAsInt(event(events.get(i)).customerId());
    }
    int[] places = places(shardOf, shards);
    Line[] sorted = new Line[events.size()];
    int[] ends = new int[shards];
    for (int i = 0; i < sorted.length; i++) {
      sorted[places[shardOf[i]]++] = events.get(i);
    }
    Writer writer = new Writer(sorted.length);
    for (int i = 0, next = 0; i < shards; i++) {
      for (; next < places[i]; next++) {
        writer.write(sorted[next]);
      }
      ends[i] = writer.size();
    }
    return new Parcel(
        writer.finish(),
        ends,
        lines.size(),
        lines.stream().filter(line -> line.event().isEmpty()).toList());
  }

  /** By shard, where its first is to be when all are sorted by shard. */
  private static int[] places(int[] shardOf, int shards) {
    int[] counts = new int[shards + 1];
    for (int shard : shardOf) {
      counts[shard + 1]++;
    }
    for (int i = 1; i < counts.length; i++) {
      counts[i] += counts[i - 1];
    }
    return counts;
  }

  private static Event event(Line line) {
    return line.event().orElseThrow();
  }

  /** Writes events, and how long they are when all are there. */
  private static final class Writer {
    private final ByteArrayOutputStream bytes;
    private final BinaryEncoder encoder;

    /** By event: where it ends, and where what is told with it does. */
    private final int[] middles;

    private final int[] lasts;
    private int written;

    Writer(int events) {
      bytes = new ByteArrayOutputStream(USUAL_BYTES * events);
      encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      middles = new int[events];
      lasts = new int[events];
    }

    void write(Line line) {
      try {
        encoder.writeFixed(NO_LENGTHS);
        EventBytes.write(event(line), encoder);
        middles[written] = size();
        encoder.writeString(event(line).customerId());
        encoder.writeLong(line.number());
        encoder.writeLong(line.arrivedAt());
        lasts[written] = size();
        written++;
      } catch (IOException e) {
        throw new UncheckedIOException("Bytes in memory can be written", e);
      }
    }

    int size() {
      return bytes.size() + encoder.bytesBuffered();
    }

    byte[] finish() {
      try {
        encoder.flush();
      } catch (IOException e) {
        throw new UncheckedIOException("Bytes in memory can be written", e);
      }
      byte[] all = bytes.toByteArray();
      ByteBuffer buffer = ByteBuffer.wrap(all);
      int from = 0;
      for (int i = 0; i < written; i++) {
        buffer.putInt(from, middles[i] - from - LENGTHS);
        buffer.putInt(from + Integer.BYTES, lasts[i] - middles[i]);
        from = lasts[i];
      }
      return all;
    }
  }

  /** Takes an event from where it is. */
  interface Taker {
    /**
     * Takes one.
     *
     * @param customer its id, which is another's when this returns
     * @param line the line's number
     * @param from where {@link EventBytes} has the event
     * @param length how many bytes it has
     */
    void take(Utf8 customer, long line, long arrivedAt, int from, int length);
  }

  /** Gives the events of a shard, in the order in which they were added. */
  static void read(byte[] bytes, Taker taker) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    BinaryDecoder decoder = null;
    Utf8 customer = new Utf8();
    int at = 0;
    try {
      while (at < bytes.length) {
        int from = at + LENGTHS;
        int length = buffer.getInt(at);
        int rest = buffer.getInt(at + Integer.BYTES);
        decoder = DecoderFactory.get().binaryDecoder(bytes, from + length, rest, decoder);
        customer = decoder.readString(customer);
        taker.take(customer, decoder.readLong(), decoder.readLong(), from, length);
        at = from + length + rest;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("What was written can be read", e);
    }
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where the bytes of a shard begin. */
  int begin(int shard) {
    return shard == 0 ? 0 : ends[shard - 1];
  }

  /** Where they end, exclusive. */
  int end(int shard) {
    return ends[shard];
  }

  /** How many lines there were, events or not. */
  int lines() {
    return lines;
  }

  /** The lines that are no events. */
  List<Line> unreadable() {
    return unreadable;
  }
}
