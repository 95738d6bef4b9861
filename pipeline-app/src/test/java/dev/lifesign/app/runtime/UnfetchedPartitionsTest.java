package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The end of a partition that no fetch mentions since it was assigned again. */
class UnfetchedPartitionsTest {

  private static final TopicPartition PLACE = new TopicPartition("lifesign.purchases", 0);
  private static final long MILLI = 1_000_000;

  private final AtomicLong nanos = new AtomicLong();
  private final UnfetchedPartitions unfetched =
      new UnfetchedPartitions(Duration.ofMillis(100), nanos::get);

  private void poll(int times) {
    for (int i = 0; i < times; i++) {
      unfetched.polled();
    }
  }

  @Test
  void theLastKnownEndHoldsAfterAFewPollsAndFetchesWithoutAWord() {
    unfetched.known(PLACE, 42);
    assertThat(unfetched.endOf(PLACE)).isEmpty();
    poll(3);
    nanos.addAndGet(299 * MILLI);
    assertThat(unfetched.endOf(PLACE)).isEmpty();
    nanos.addAndGet(MILLI);
    assertThat(unfetched.endOf(PLACE)).hasValue(42);
  }

  @Test
  void aThreadThatDoesNotPollLearnsNothing() {
    unfetched.known(PLACE, 42);
    assertThat(unfetched.endOf(PLACE)).isEmpty();
    nanos.addAndGet(10_000 * MILLI);
    poll(2);
    assertThat(unfetched.endOf(PLACE)).isEmpty();
    poll(1);
    assertThat(unfetched.endOf(PLACE)).hasValue(42);
  }

  @Test
  void aFetchThatMentionsThePartitionBeginsTheWaitAnew() {
    assertThat(unfetched.endOf(PLACE)).isEmpty();
    poll(3);
    nanos.addAndGet(300 * MILLI);
    unfetched.known(PLACE, 43);
    assertThat(unfetched.endOf(PLACE)).isEmpty();
    poll(3);
    nanos.addAndGet(300 * MILLI);
    assertThat(unfetched.endOf(PLACE)).hasValue(43);
  }

  @Test
  void ofWhatWasNeverFetchedNothingIsHidden() {
    assertThat(unfetched.endOf(PLACE)).isEmpty();
    poll(3);
    nanos.addAndGet(300 * MILLI);
    assertThat(unfetched.endOf(PLACE)).hasValue(0);
  }
}
