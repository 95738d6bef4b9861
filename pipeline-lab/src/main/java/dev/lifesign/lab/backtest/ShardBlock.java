package dev.lifesign.lab.backtest;

import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.event.Event;
import dev.lifesign.lab.eventbytes.Bytes;
import dev.lifesign.lab.eventbytes.EventBytesReader;
import dev.lifesign.lab.eventbytes.EventBytesWriter;
import dev.lifesign.lab.file.Line;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The events in some lines of a file, as the bytes that go to each shard's file. Per event: how
 * many bytes follow, its line, its arrival, its customer, whether it needs no settling, and the
 * event.
 */
final class ShardBlock {

  /** More bytes than most events need, including the customer. */
  private static final int USUAL_BYTES = 110;

  /** An arrival later than this may be moved beyond the last acceptable one by equal arrivals. */
  private static final long LATEST = Acceptance.LATEST - Integer.MAX_VALUE;

  private final byte[] bytes;

  /** Per shard, where its bytes end, which is where those of the next begin. */
  private final int[] ends;

  private final int lines;
  private final List<Line> unreadable;

  private ShardBlock(byte[] bytes, int[] ends, int lines, List<Line> unreadable) {
    this.bytes = bytes;
    this.ends = ends;
    this.lines = lines;
    this.unreadable = unreadable;
  }

  /**
   * Creates a block.
   *
   * @param shards the number of shards
   * @param shard maps a customer to its shard
   */
  static ShardBlock of(List<Line> lines, int shards, ToIntFunction<String> shard) {
    List<Line> events = lines.stream().filter(line -> line.event().isPresent()).toList();
    int[] shardOf = new int[events.size()];
    for (int i = 0; i < shardOf.length; i++) {
      shardOf[i] = shard.applyAsInt(event(events.get(i)).customerId());
    }
    int[] starts = starts(shardOf, shards);
    Line[] sorted = new Line[events.size()];
    int[] ends = new int[shards];
    for (int i = 0; i < sorted.length; i++) {
      sorted[starts[shardOf[i]]++] = events.get(i);
    }
    Bytes bytes = new Bytes(USUAL_BYTES * sorted.length);
    for (int i = 0, next = 0; i < shards; i++) {
      for (; next < starts[i]; next++) {
        write(sorted[next], bytes);
      }
      ends[i] = bytes.size();
    }
    return new ShardBlock(
        bytes.array(),
        ends,
        lines.size(),
        lines.stream().filter(line -> line.event().isEmpty()).toList());
  }

  /** Per shard, the index of its first event when all are sorted by shard. */
  private static int[] starts(int[] shardOf, int shards) {
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
    EventBytesWriter.write(event, to);
    to.set(begin, to.size() - begin - Integer.BYTES);
  }

  /** Whether it is accepted and needs no settling, even if it is moved behind equal arrivals. */
  private static boolean isSettled(Event event, long arrivedAt) {
    return event.occurredAt() <= arrivedAt
        && arrivedAt <= LATEST
        && Acceptance.check(event, arrivedAt).isEmpty();
  }

  /** Receives the offset of an event. */
  interface EventConsumer {
    /**
     * Receives an event.
     *
     * @param customer its id; reused for the next event, so copy it to keep it
     * @param line the number of its line
     * @param settled whether it is accepted and needs no settling
     * @param from where {@link EventBytesReader} finds the event
     */
    void accept(IdBytes customer, long line, long arrivedAt, boolean settled, int from);
  }

  /** Passes on the events of a shard, in the order in which they were added. */
  static void read(byte[] bytes, EventConsumer consumer) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    IdBytes customer = new IdBytes();
    while (buffer.hasRemaining()) {
      int size = buffer.getInt();
      int end = buffer.position() + size;
      long line = buffer.getLong();
      long arrivedAt = buffer.getLong();
      customer.read(buffer, buffer.getInt());
      boolean settled = buffer.get() != 0;
      consumer.accept(customer, line, arrivedAt, settled, buffer.position());
      buffer.position(end);
    }
  }

  /** The bytes of all shards, with unused capacity at the end. */
  byte[] bytes() {
    return bytes;
  }

  /** Where a shard's bytes begin. */
  int begin(int shard) {
    return shard == 0 ? 0 : ends[shard - 1];
  }

  /** Where a shard's bytes end, exclusive. */
  int end(int shard) {
    return ends[shard];
  }

  /** The number of lines, whether events or not. */
  int lines() {
    return lines;
  }

  /** The lines that are not events. */
  List<Line> unreadable() {
    return unreadable;
  }
}
