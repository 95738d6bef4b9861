package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.contract.WorkInHand;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WatchdogTest {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final AtomicLong now = new AtomicLong();
  private final WorkInHand task = new WorkInHand();
  private final WorkInHand other = new WorkInHand();
  private final Watchdog watchdog = new Watchdog(() -> List.of(task, other), LIMIT, now::get);

  private void pass(Duration time) {
    for (long i = 0; i < time.toSeconds(); i++) {
      now.addAndGet(Watchdog.INTERVAL.toNanos());
      watchdog.look();
    }
  }

  @Test
  void aTaskThatStaysAtOneRecordHasStalledThere() {
    task.begin("lifesign.purchases", 3, 17);
    pass(LIMIT);
    assertThat(watchdog.stall()).isEmpty();
    pass(Duration.ofSeconds(2));
    assertThat(watchdog.stall().orElseThrow())
        .contains("lifesign.purchases, partition 3, offset 17")
        .contains(Thread.currentThread().getName())
        .contains("restart this instance");
    assertThat(watchdog.longest()).isEqualTo(LIMIT.plusSeconds(1));
  }

  @Test
  void aTaskThatStaysAtItsDeadlinesHasStalledThere() {
    task.beginDueWork(2);
    pass(LIMIT.plusSeconds(2));
    assertThat(watchdog.stall().orElseThrow()).contains("the deadlines of partition 2");
  }

  @Test
  void aTaskThatHasNothingInHandHasNotStalled() {
    task.begin("lifesign.purchases", 3, 17);
    task.end();
    pass(LIMIT.multipliedBy(3));
    assertThat(watchdog.stall()).isEmpty();
    assertThat(watchdog.longest()).isZero();
  }

  @Test
  void aTaskThatBeginsTheSameRecordAnewMakesProgress() {
    for (int i = 0; i < 20; i++) {
      task.begin("lifesign.purchases", 3, 17);
      pass(Duration.ofMinutes(1));
      task.end();
    }
    assertThat(watchdog.stall()).isEmpty();
  }

  @Test
  void oneTaskThatStallsIsFoundBesideOneThatDoesNot() {
    task.begin("lifesign.purchases", 3, 17);
    for (int i = 0; i < LIMIT.toSeconds() + 2; i++) {
      other.begin("lifesign.contacts", 1, i);
      pass(Duration.ofSeconds(1));
      other.end();
    }
    assertThat(watchdog.stall().orElseThrow()).contains("lifesign.purchases, partition 3");
  }

  @Test
  void aTaskThatGoesOnHasNotStalledAnyMore() {
    task.begin("lifesign.purchases", 3, 17);
    pass(LIMIT.plusSeconds(2));
    assertThat(watchdog.stall()).isPresent();
    task.end();
    pass(Duration.ofSeconds(1));
    assertThat(watchdog.stall()).isEmpty();
  }

  @Test
  void aProcessThatStoodStillHasNotStalled() {
    task.begin("lifesign.purchases", 3, 17);
    pass(Duration.ofSeconds(1));
    now.addAndGet(Duration.ofHours(1).toNanos());
    pass(Duration.ofSeconds(1));
    assertThat(watchdog.stall()).isEmpty();
    assertThat(watchdog.longest()).isLessThan(Duration.ofSeconds(10));
  }
}
