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
 * The ends of partitions that were assigned again and of which no fetch says anything. A broker
 * leaves a partition out of its answers as long as nothing changes in it since its last answer in
 * the same fetch session (KIP-227); a consumer that loses a partition and gets it back in between
 * has forgotten the end that the broker told it then. After a few fetches without a word the broker
 * is asked for the end. Used by one thread.
 */
final class UnfetchedPartitions {

  private static final int FETCHES = 3;

  private final long patienceNanos;
  private final LongSupplier nanoTime;
  private final Function<TopicPartition, OptionalLong> ask;
  private final Map<TopicPartition, Wait> waits = new HashMap<>();

  /** A partition without a word: since when it waits to be asked for, and the answer. */
  private record Wait(long since, OptionalLong end) {}

  /**
   * Nothing is known yet.
   *
   * @param fetchMaxWait how long a broker may hold a fetch that it has nothing for
   * @param nanoTime a clock that does not jump, nanoseconds
   * @param ask asks a broker for the high watermark of a partition; empty if it does not answer
   */
  UnfetchedPartitions(
      Duration fetchMaxWait, LongSupplier nanoTime, Function<TopicPartition, OptionalLong> ask) {
    this.patienceNanos = fetchMaxWait.multipliedBy(FETCHES).toNanos();
    this.nanoTime = nanoTime;
    this.ask = ask;
  }

  /** A fetch has named the end of a partition, and will name every later one. */
  void known(TopicPartition place) {
    if (!waits.isEmpty()) {
      waits.remove(place);
    }
  }

  /** Partitions were assigned, and may have moved on since they were before. */
  void assigned(Collection<TopicPartition> places) {
    waits.keySet().removeAll(places);
  }

  /**
   * The end of a partition of which a fetch has said nothing since it was assigned; empty while a
   * fetch may still say something, and while its broker does not answer. An answer holds for as
   * long as no fetch names another, because a broker mentions a partition in which something
   * changes.
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
