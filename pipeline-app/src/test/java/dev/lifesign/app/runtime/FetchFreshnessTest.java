package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class FetchFreshnessTest {

  private static final Set<TopicPartition> PLACE = Set.of(new TopicPartition("t", 0));

  private final AtomicLong now = new AtomicLong();
  private OptionalLong answer = OptionalLong.of(42);
  private final FetchFreshness freshness =
      new FetchFreshness(Duration.ofMillis(100), now::get, place -> answer);

  private boolean isFresh() {
    return freshness.isFresh(PLACE.iterator().next(), 42);
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
  void ifNothingArrivesForTwoFetchesTheBrokerIsAsked() {
    freshness.paused(PLACE);
    freshness.resumed(PLACE);
    pass(1_000);
    // No fetch is sent before the first poll.
    assertThat(isFresh()).isFalse();
    freshness.polling();
    pass(199);
    assertThat(isFresh()).isFalse();
    pass(1);
    assertThat(isFresh()).isTrue();
  }

  @Test
  void aBrokerThatIsDownProvesNothingHoweverLongThatLasts() {
    freshness.paused(PLACE);
    freshness.resumed(PLACE);
    freshness.polling();
    answer = OptionalLong.empty();
    pass(60_000);
    assertThat(isFresh()).isFalse();
    answer = OptionalLong.of(42);
    assertThat(isFresh()).isFalse();
    pass(200);
    assertThat(isFresh()).isTrue();
  }

  @Test
  void anEndThatIsNotKnownYetIsWaitedFor() {
    freshness.paused(PLACE);
    freshness.resumed(PLACE);
    freshness.polling();
    answer = OptionalLong.of(43);
    pass(60_000);
    assertThat(isFresh()).isFalse();
    freshness.delivered(PLACE);
    freshness.delivered(PLACE);
    assertThat(isFresh()).isTrue();
  }
}
