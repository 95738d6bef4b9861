package dev.lifesign.app.backtest;

import dev.lifesign.app.file.Line;
import dev.lifesign.app.kept.Bytes;
import dev.lifesign.app.kept.EventBytes;
import dev.lifesign.app.kept.EventReader;
import dev.lifesign.core.event.Acceptance;
import dev.lifesign.core.event.Event;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.ToIntFunction;
import org.apache.avro.util.Utf8;

/**
 * What some lines of a file tell, in the bytes that go to the file of each shard: for each event
 * how many bytes follow, its line, its arrival and its customer, whether it counts as it is, and
 * the event.
 */
final class Parcel {

  /** Of an event and its customer, more than most have. */
  private static final int USUAL_BYTES = 110;

  /** Later arrivals may be moved to where none is accepted, by those that they are equal to. */
  private static final long LATEST = Acceptance.LATEST - Integer.MAX_VALUE;

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
    Bytes bytes = new Bytes(USUAL_BYTES * sorted.length);
    for (int i = 0, next = 0; i < shards; i++) {
      for (; next < places[i]; next++) {
        write(sorted[next], bytes);
      }
      ends[i] = bytes.size();
    }
    return new Parcel(
        bytes.array(),
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

  private static void write(Line line, Bytes to) {
    Event event = event(line);
    int begin = to.size();
    to.put(0);
    to.put(line.number());
    to.put(line.arrivedAt());
    to.put(event.customerId());
    to.put(isSettled(event, line.arrivedAt()));
    EventBytes.write(event, to);
    to.set(begin, to.size() - begin - Integer.BYTES);
  }

  /** Whether it is accepted and counts as it is, were it moved behind what arrived with it too. */
  private static boolean isSettled(Event event, long arrivedAt) {
    return event.occurredAt() <= arrivedAt
        && arrivedAt <= LATEST
        && Acceptance.check(event, arrivedAt).isEmpty();
  }

  /** Takes an event from where it is. */
  interface Taker {
    /**
     * Takes one.
     *
     * @param customer its id, which is another's when this returns
     * @param line the line's number
     * @param settled whether it is accepted and counts as it is
     * @param from where {@link EventReader} finds the event
     */
    void take(Utf8 customer, long line, long arrivedAt, boolean settled, int from);
  }

  /** Gives the events of a shard, in the order in which they were added. */
  static void read(byte[] bytes, Taker taker) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    Utf8 customer = new Utf8();
    while (buffer.hasRemaining()) {
      int size = buffer.getInt();
      int end = buffer.position() + size;
      long line = buffer.getLong();
      long arrivedAt = buffer.getLong();
      customer.setByteLength(buffer.getInt());
      buffer.get(customer.getBytes(), 0, customer.getByteLength());
      boolean settled = buffer.get() != 0;
      taker.take(customer, line, arrivedAt, settled, buffer.position());
      buffer.position(end);
    }
  }

  /** Those of all shards, and room behind them. */
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
