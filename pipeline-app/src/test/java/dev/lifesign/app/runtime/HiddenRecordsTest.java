package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class HiddenRecordsTest {

  private static final TopicPartition PLACE = new TopicPartition("lifesign.purchases", 3);
  private static final Duration BOUND = Duration.ofMinutes(15);

  private final AtomicLong now = new AtomicLong(42);
  private final HiddenRecords hidden = new HiddenRecords(BOUND, now::get);

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void whatIsVisibleIsReadFirst() {
    assertThat(hidden.lag(PLACE, 10, 5, 9)).isEqualTo(5);
    assertThat(hidden.waits()).isEmpty();
  }

  @Test
  void aTaskWaitsForWhatIsHiddenUntilTheBound() {
    assertThat(hidden.lag(PLACE, 10, 0, 4)).isEqualTo(4);
    pass(BOUND.minusNanos(1));
    assertThat(hidden.lag(PLACE, 10, 0, 7)).isEqualTo(7);
    assertThat(hidden.waits()).hasSize(1).allMatch(wait -> !wait.overtaken());
    pass(Duration.ofNanos(1));
    assertThat(hidden.lag(PLACE, 10, 0, 7)).isZero();
    assertThat(hidden.waits()).containsExactly(new HiddenRecords.Wait(PLACE, 10, BOUND, true));
  }

  @Test
  void eachTransactionHasABoundOfItsOwn() {
    hidden.lag(PLACE, 10, 0, 4);
    pass(BOUND);
    assertThat(hidden.lag(PLACE, 10, 0, 8)).isZero();
    assertThat(hidden.lag(PLACE, 10, 4, 8)).isEqualTo(4);
    assertThat(hidden.lag(PLACE, 14, 0, 4)).isEqualTo(4);
    pass(BOUND.minusNanos(1));
    assertThat(hidden.lag(PLACE, 14, 0, 4)).isEqualTo(4);
  }

  @Test
  void aWaitIsOverOnceNothingIsHidden() {
    hidden.lag(PLACE, 10, 0, 4);
    pass(Duration.ofSeconds(3));
    assertThat(hidden.waited(3)).isEqualTo(Duration.ofSeconds(3));
    assertThat(hidden.waited(2)).isZero();
    assertThat(hidden.lag(PLACE, 14, 0, 0)).isZero();
    assertThat(hidden.waited(3)).isZero();
  }

  @Test
  void theWaitOfATaskThatMovedAwayIsForgotten() {
    hidden.lag(PLACE, 10, 0, 4);
    pass(Duration.ofSeconds(31));
    assertThat(hidden.waits()).isEmpty();
  }

  @Test
  void aBoundOfZeroWaitsForNothing() {
    assertThat(new HiddenRecords(Duration.ZERO, now::get).lag(PLACE, 10, 0, 4)).isZero();
  }
}
