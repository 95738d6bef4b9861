package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The machine's clock may jump; the pipeline's does not. */
class SteadyTimeTest {

  @Test
  void aClockThatIsSetForwardAndBackChangesNothing() {
    AtomicLong wall = new AtomicLong(1_000_000);
    AtomicLong nanos = new AtomicLong(-5);
    SteadyTime time = new SteadyTime(wall::get, nanos::get);
    assertThat(time.milliseconds()).isEqualTo(1_000_000);
    wall.addAndGet(Duration.ofHours(1).toMillis());
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(time.milliseconds()).isEqualTo(1_001_000);
    wall.addAndGet(Duration.ofHours(-2).toMillis());
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(time.milliseconds()).isEqualTo(1_002_000);
  }
}
