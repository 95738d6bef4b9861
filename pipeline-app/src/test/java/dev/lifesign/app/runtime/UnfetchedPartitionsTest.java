package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The end of a partition that no fetch has returned since it was assigned again. */
class UnfetchedPartitionsTest {

  private static final TopicPartition PLACE = new TopicPartition("lifesign.purchases", 0);
  private static final long MILLI = 1_000_000;

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private OptionalLong answer = OptionalLong.of(42);
  private final UnfetchedPartitions unfetched =
      new UnfetchedPartitions(
          Duration.ofMillis(100),
          nanos::get,
          place -> {
            asked.incrementAndGet();
            return answer;
          });

  @Test
  void theBrokerIsAskedOnceAfterAFewFetchesWithoutAWord() {
    assertThat(unfetched.endOf(PLACE)).isEmpty();
    nanos.addAndGet(299 * MILLI);
    assertThat(unfetched.endOf(PLACE)).isEmpty();
    assertThat(asked).hasValue(0);
    nanos.addAndGet(MILLI);
    assertThat(unfetched.endOf(PLACE)).hasValue(42);
    nanos.addAndGet(10_000 * MILLI);
    assertThat(unfetched.endOf(PLACE)).hasValue(42);
    assertThat(asked).hasValue(1);
  }

  @Test
  void aBrokerThatDoesNotAnswerIsAskedAgainAfterAsLong() {
    answer = OptionalLong.empty();
    assertThat(unfetched.endOf(PLACE)).isEmpty();
    nanos.addAndGet(300 * MILLI);
    assertThat(unfetched.endOf(PLACE)).isEmpty();
    assertThat(unfetched.endOf(PLACE)).isEmpty();
    assertThat(asked).hasValue(1);
    answer = OptionalLong.of(43);
    nanos.addAndGet(300 * MILLI);
    assertThat(unfetched.endOf(PLACE)).hasValue(43);
  }

  @Test
  void aFetchThatMentionsThePartitionBeginsTheWaitAnew() {
    assertThat(unfetched.endOf(PLACE)).isEmpty();
    nanos.addAndGet(300 * MILLI);
    unfetched.known(PLACE);
    assertThat(unfetched.endOf(PLACE)).isEmpty();
    assertThat(asked).hasValue(0);
  }

  @Test
  void anAnswerOfBeforeAnAssignmentIsForgotten() {
    assertThat(unfetched.endOf(PLACE)).isEmpty();
    nanos.addAndGet(300 * MILLI);
    assertThat(unfetched.endOf(PLACE)).hasValue(42);
    unfetched.assigned(List.of(PLACE));
    answer = OptionalLong.of(50);
    assertThat(unfetched.endOf(PLACE)).isEmpty();
    nanos.addAndGet(300 * MILLI);
    assertThat(unfetched.endOf(PLACE)).hasValue(50);
  }
}
