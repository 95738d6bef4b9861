package dev.lifesign.app.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * The records of input partitions that are hidden by open transactions. A task waits for them,
 * because later records in its other partitions would overtake them. It waits no longer than a
 * bound per transaction, because a transaction that nobody ends would stop time for good.
 * Thread-safe.
 */
public final class HiddenRecords {

  /** If no task has confirmed a wait for this long, its task has moved away. */
  private static final long FORGOTTEN_NANOS = Duration.ofSeconds(30).toNanos();

  private final long boundNanos;
  private final LongSupplier nanoTime;
  private final Map<TopicPartition, Hidden> waits = new ConcurrentHashMap<>();

  /**
   * A partition whose next records are hidden.
   *
   * @param place the partition
   * @param stableOffset the first offset that is hidden
   * @param since when the task first found it hidden, nanoseconds
   * @param seen when a task last found it hidden, nanoseconds
   * @param overtaken whether the bound has passed, so that the task continues without the records
   */
  private record Hidden(
      TopicPartition place, long stableOffset, long since, long seen, boolean overtaken) {}

  /**
   * A wait of a task for hidden records.
   *
   * @param place the partition that hides them
   * @param stableOffset the first offset that is hidden
   * @param waited how long the task has waited
   * @param overtaken whether the task continues without the records
   */
  public record Wait(TopicPartition place, long stableOffset, Duration waited, boolean overtaken) {}

  /**
   * Starts with nothing hidden.
   *
   * @param bound how long a task waits for one transaction; zero for no wait
   * @param nanoTime a monotonic clock, nanoseconds
   */
  public HiddenRecords(Duration bound, LongSupplier nanoTime) {
    this.boundNanos = bound.toNanos();
    this.nanoTime = nanoTime;
  }

  /**
   * The number of offsets of a partition that a task must still read before it may continue without
   * a buffered record of the partition.
   *
   * @param place the partition
   * @param position the next offset to be read
   * @param visible the number of offsets from there to the last stable offset
   * @param all the number of offsets from there to the high watermark
   */
  long lag(TopicPartition place, long position, long visible, long all) {
    if (visible > 0 || all <= 0) {
      waits.remove(place);
      return Math.max(0, visible);
    }
    long now = nanoTime.getAsLong();
    long stableOffset = position + visible;
    Hidden known = waits.get(place);
    boolean same = known != null && known.stableOffset() == stableOffset;
    long since = same ? known.since() : now;
    boolean overtaken = now - since >= boundNanos;
    waits.put(place, new Hidden(place, stableOffset, since, now, overtaken));
    return overtaken ? 0 : all;
  }

  /** The current waits, including those whose bound has passed. */
  public List<Wait> waits() {
    long now = nanoTime.getAsLong();
    waits.values().removeIf(hidden -> now - hidden.seen() > FORGOTTEN_NANOS);
    return waits.values().stream()
        .map(
            hidden ->
                new Wait(
                    hidden.place(),
                    hidden.stableOffset(),
                    Duration.ofNanos(now - hidden.since()),
                    hidden.overtaken()))
        .toList();
  }

  /** The longest wait of a partition's task; zero if it does not wait. */
  public Duration waited(int partition) {
    return waits().stream()
        .filter(wait -> wait.place().partition() == partition)
        .map(Wait::waited)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }
}
