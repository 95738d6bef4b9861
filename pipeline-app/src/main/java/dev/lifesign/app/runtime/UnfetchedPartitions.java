package dev.lifesign.app.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * The ends of partitions that were assigned again but are missing from all fetch responses since. A
 * broker leaves a partition out of its responses as long as the partition has not changed since the
 * last response of the same fetch session (KIP-227). A consumer that loses a partition and gets it
 * back in between has forgotten the end from that response. After a few fetches without the
 * partition, the broker is asked for its end. Used by one thread.
 */
final class UnfetchedPartitions {

  private static final int FETCHES = 3;

  private final long patienceNanos;
  private final LongSupplier nanoTime;
  private final Function<TopicPartition, OptionalLong> ask;
  private final Map<TopicPartition, Wait> waits = new HashMap<>();

  /**
   * A partition that is missing from fetch responses: since when it waits for a request of its end,
   * and the answer.
   */
  private record Wait(long since, OptionalLong end) {}

  /**
   * Starts without known ends.
   *
   * @param fetchMaxWait how long a broker may hold a fetch when it has no records
   * @param nanoTime a monotonic clock, nanoseconds
   * @param ask asks a broker for the high watermark of a partition; empty if it does not answer
   */
  UnfetchedPartitions(
      Duration fetchMaxWait, LongSupplier nanoTime, Function<TopicPartition, OptionalLong> ask) {
    this.patienceNanos = fetchMaxWait.multipliedBy(FETCHES).toNanos();
    this.nanoTime = nanoTime;
    this.ask = ask;
  }

  /**
   * Notes that a fetch has returned the end of a partition; fetches will return every later one.
   */
  void known(TopicPartition place) {
    if (!waits.isEmpty()) {
      waits.remove(place);
    }
  }

  /** Notes that partitions were assigned, and may have changed since an earlier assignment. */
  void assigned(Collection<TopicPartition> places) {
    waits.keySet().removeAll(places);
  }

  /**
   * The end of a partition that no fetch has returned since it was assigned; empty while a fetch
   * may still return it, and while its broker does not answer. An answer is valid until a fetch
   * returns another end, because a broker includes every partition that has changed.
   */
  OptionalLong endOf(TopicPartition place) {
    long now = nanoTime.getAsLong();
    Wait wait = waits.computeIfAbsent(place, any -> new Wait(now, OptionalLong.empty()));
    if (wait.end().isPresent() || now - wait.since() < patienceNanos) {
      return wait.end();
    }
    OptionalLong end = ask.apply(place);
    waits.put(place, new Wait(nanoTime.getAsLong(), end));
    return end;
  }
}
