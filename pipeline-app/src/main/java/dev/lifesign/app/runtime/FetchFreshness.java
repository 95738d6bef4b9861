package dev.lifesign.app.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Knows whether the end of a partition, as known to a consumer, comes from a fetch sent after the
 * partition was last resumed. A paused partition is not fetched, so its end is the one from before
 * the pause, and a lag of 0 says nothing about records that arrived meanwhile. Records fetched
 * before the pause may still be delivered after it, so the first delivery proves nothing, but the
 * second does. If nothing arrives for as long as two fetches take, the broker is asked for the end:
 * time alone proves nothing, because the broker may be down. Used by one thread.
 */
final class FetchFreshness {

  private static final int PROVEN_BY = 2;

  private final long emptyFetchesNanos;
  private final LongSupplier nanoTime;
  private final Function<TopicPartition, OptionalLong> ask;
  private final Map<TopicPartition, Resumed> stale = new HashMap<>();

  /** A partition that was paused; polls are counted from the time it is resumed. */
  private static final class Resumed {
    private boolean paused = true;
    private boolean polled;
    private long polledAt;
    private int deliveries;
  }

  /**
   * Starts with all partitions fresh.
   *
   * @param fetchMaxWait how long a broker may hold a fetch when it has no records
   * @param nanoTime a monotonic clock, nanoseconds
   * @param ask asks a broker for the high watermark of a partition; empty if it does not answer
   */
  FetchFreshness(
      Duration fetchMaxWait, LongSupplier nanoTime, Function<TopicPartition, OptionalLong> ask) {
    this.emptyFetchesNanos = PROVEN_BY * fetchMaxWait.toNanos();
    this.nanoTime = nanoTime;
    this.ask = ask;
  }

  void paused(Collection<TopicPartition> places) {
    places.forEach(place -> stale.put(place, new Resumed()));
  }

  void resumed(Collection<TopicPartition> places) {
    places.forEach(
        place -> {
          Resumed resumed = stale.get(place);
          if (resumed != null) {
            resumed.paused = false;
          }
        });
  }

  /** Notes that the consumer is about to poll, which sends fetches. */
  void polling() {
    for (Resumed resumed : stale.values()) {
      if (!resumed.paused && !resumed.polled) {
        resumed.polled = true;
        resumed.polledAt = nanoTime.getAsLong();
      }
    }
  }

  /** Notes that a poll delivered records of these partitions. */
  void delivered(Set<TopicPartition> places) {
    if (stale.isEmpty()) {
      return;
    }
    for (TopicPartition place : places) {
      Resumed resumed = stale.get(place);
      if (resumed != null && !resumed.paused && ++resumed.deliveries >= PROVEN_BY) {
        stale.remove(place);
      }
    }
  }

  /**
   * Whether the end of a partition is up to date.
   *
   * @param knownEnd the high watermark that the consumer knows
   */
  boolean isFresh(TopicPartition place, long knownEnd) {
    Resumed resumed = stale.get(place);
    if (resumed == null) {
      return true;
    }
    if (resumed.paused
        || !resumed.polled
        || nanoTime.getAsLong() - resumed.polledAt < emptyFetchesNanos) {
      return false;
    }
    OptionalLong end = ask.apply(place);
    if (end.isPresent() && end.getAsLong() <= knownEnd) {
      stale.remove(place);
      return true;
    }
    // The next fetch has the records, or the broker is asked again.
    resumed.polledAt = nanoTime.getAsLong();
    return false;
  }
}
