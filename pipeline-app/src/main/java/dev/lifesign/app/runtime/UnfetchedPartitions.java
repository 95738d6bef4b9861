package dev.lifesign.app.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * The ends of partitions that were assigned again and of which no fetch says anything. A broker
 * leaves a partition out of its answers as long as nothing changes in it since its last answer in
 * the same fetch session (KIP-227); a consumer that loses a partition and gets it back in between
 * has forgotten the end that the broker told it then. After a few polls and fetches without a word,
 * the end that was known last still holds. Used by one thread.
 */
final class UnfetchedPartitions {

  private static final int FETCHES = 3;
  private static final int POLLS = 3;

  private final long patienceNanos;
  private final LongSupplier nanoTime;
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final Map<TopicPartition, Wait> waits = new HashMap<>();
  private long polls;

  private record Wait(long since, long polls) {}

  /**
   * Nothing is known yet.
   *
   * @param fetchMaxWait how long a broker may hold a fetch that it has nothing for
   * @param nanoTime a clock that does not jump, nanoseconds
   */
  UnfetchedPartitions(Duration fetchMaxWait, LongSupplier nanoTime) {
    this.patienceNanos = fetchMaxWait.multipliedBy(FETCHES).toNanos();
    this.nanoTime = nanoTime;
  }

  /** The end of a partition is known from a fetch. */
  void known(TopicPartition place, long end) {
    ends.put(place, end);
    if (!waits.isEmpty()) {
      waits.remove(place);
    }
  }

  /** The consumer has polled. */
  void polled() {
    polls++;
  }

  /**
   * The end of a partition of which a fetch has said nothing since it was assigned; empty while a
   * fetch may still say something. 0 if nothing was ever known of it.
   */
  OptionalLong endOf(TopicPartition place) {
    long now = nanoTime.getAsLong();
    Wait wait = waits.computeIfAbsent(place, any -> new Wait(now, polls));
    boolean silent = now - wait.since() >= patienceNanos && polls - wait.polls() >= POLLS;
    return silent ? OptionalLong.of(ends.getOrDefault(place, 0L)) : OptionalLong.empty();
  }
}
