package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class FetchFreshnessTest {

  private static final Set<TopicPartition> PLACE = Set.of(new TopicPartition("t", 0));

  private final AtomicLong now = new AtomicLong();
  private final FetchFreshness freshness = new FetchFreshness(Duration.ofMillis(100), now::get);

  private boolean isFresh() {
    return freshness.isFresh(PLACE.iterator().next());
  }

  private void pass(long millis) {
    now.addAndGet(Duration.ofMillis(millis).toNanos());
  }

  @Test
  void aPartitionThatWasNeverPausedIsFresh() {
    assertThat(isFresh()).isTrue();
  }

  @Test
  void aPausedPartitionIsNotHoweverLongThatLasts() {
    freshness.paused(PLACE);
    freshness.polling();
    freshness.delivered(PLACE);
    freshness.delivered(PLACE);
    pass(60_000);
    assertThat(isFresh()).isFalse();
  }

  @Test
  void theFirstDeliveryAfterAPauseMayHaveBeenFetchedBeforeIt() {
    freshness.paused(PLACE);
    freshness.resumed(PLACE);
    freshness.polling();
    freshness.delivered(PLACE);
    assertThat(isFresh()).isFalse();
    freshness.polling();
    freshness.delivered(PLACE);
    assertThat(isFresh()).isTrue();
  }

  @Test
  void whereNothingArrivesTwoEmptyFetchesAreWaitedFor() {
    freshness.paused(PLACE);
    freshness.resumed(PLACE);
    pass(1_000);
    // No fetch is sent before the first poll.
    assertThat(isFresh()).isFalse();
    freshness.polling();
    pass(1_199);
    assertThat(isFresh()).isFalse();
    pass(1);
    assertThat(isFresh()).isTrue();
  }
}
