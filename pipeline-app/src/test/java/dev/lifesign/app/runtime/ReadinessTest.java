package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.time.Instants;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadinessTest {

  private static final Duration MAX_STALE = Duration.ofMinutes(5);
  private static final long NOW = 1_700_000_000_000L;

  private static TaskProgress.Place place(int partition, long lastTick) {
    return new TaskProgress.Place(partition, lastTick, lastTick, 0);
  }

  @Test
  void stateIsStaleWhereEveryTaskHasReadNoTickForTooLong() {
    long old = NOW - MAX_STALE.toMillis() - 1;
    assertThat(Readiness.stale(List.of(place(0, old), place(1, Instants.NEVER)), MAX_STALE, NOW))
        .hasValueSatisfying(why -> assertThat(why).contains("older than http.maxStale (PT5M)"));
    assertThat(Readiness.stale(List.of(place(0, Instants.NEVER)), MAX_STALE, NOW))
        .hasValueSatisfying(why -> assertThat(why).contains("No tick has been read yet"));
  }

  @Test
  void oneTaskOfRecentStateCanStillAnswer() {
    long old = NOW - MAX_STALE.toMillis() - 1;
    assertThat(Readiness.stale(List.of(place(0, old), place(1, NOW)), MAX_STALE, NOW)).isEmpty();
    assertThat(Readiness.stale(List.of(place(0, NOW - MAX_STALE.toMillis())), MAX_STALE, NOW))
        .isEmpty();
  }

  @Test
  void anInstanceWithoutTasksForwardsAndIsNotStale() {
    assertThat(Readiness.stale(List.of(), MAX_STALE, NOW)).isEmpty();
  }
}
