package dev.lifesign.app.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether what a consumer knows of a partition's end is from a fetch that was sent since it was
 * last resumed. While a partition is paused it is not fetched, and its end is that of before the
 * pause: a lag of 0 then says nothing about what arrived meanwhile. What was fetched before the
 * pause may still be delivered after it, so the first delivery proves nothing, and the second does;
 * where nothing arrives, two fetches that wait as long as they may do. For one thread.
 */
final class FetchFreshness {

  /** What a loaded broker may take to answer beyond that. */
  private static final long MARGIN_NANOS = Duration.ofSeconds(1).toNanos();

  private static final int PROVEN_BY = 2;

  private final long emptyFetchesNanos;
  private final LongSupplier nanoTime;
  private final Map<TopicPartition, Resumed> stale = new HashMap<>();

  /** A partition that was paused; polls count from its resumption on. */
  private static final class Resumed {
    private boolean paused = true;
    private boolean polled;
    private long polledAt;
    private int deliveries;
  }

  /**
   * All is fresh.
   *
   * @param fetchMaxWait how long a broker may hold a fetch that it has nothing for
   * @param nanoTime a clock that does not jump, nanoseconds
   */
  FetchFreshness(Duration fetchMaxWait, LongSupplier nanoTime) {
    this.emptyFetchesNanos = PROVEN_BY * fetchMaxWait.toNanos() + MARGIN_NANOS;
    this.nanoTime = nanoTime;
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

  /** The consumer is about to poll, which sends fetches. */
  void polling() {
    for (Resumed resumed : stale.values()) {
      if (!resumed.paused && !resumed.polled) {
        resumed.polled = true;
        resumed.polledAt = nanoTime.getAsLong();
      }
    }
  }

  /** A poll delivered records of these partitions. */
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

  boolean isFresh(TopicPartition place) {
    Resumed resumed = stale.get(place);
    if (resumed == null) {
      return true;
    }
    if (resumed.paused
        || !resumed.polled
        || nanoTime.getAsLong() - resumed.polledAt < emptyFetchesNanos) {
      return false;
    }
    stale.remove(place);
    return true;
  }
}
