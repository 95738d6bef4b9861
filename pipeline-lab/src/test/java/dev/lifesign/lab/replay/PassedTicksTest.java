package dev.lifesign.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PassedTicksTest {

  @Test
  void theFirstTickThatTakesADeadlineIsTheOneFoundByTryingEach() {
    Random random = new Random(1);
    PassedTicks ticks = new PassedTicks();
    for (int round = 0; round < 2_000; round++) {
      // Bounds mostly ascend, as ticks do, and fall back when the lateness grows.
      long[] bounds = new long[1 + random.nextInt(40)];
      long bound = 0;
      for (int i = 0; i < bounds.length; i++) {
        bound += random.nextInt(8) == 0 ? -random.nextInt(20) : random.nextInt(5);
        bounds[i] = bound;
        ticks.add(i, bound);
      }
      for (int i = 0; i < 20; i++) {
        long due = random.nextInt(60) - 20L;
        int from = random.nextInt(bounds.length + 1);
        int end = from + random.nextInt(bounds.length + 1 - from);
        int first = IntStream.range(from, end).filter(t -> bounds[t] > due).findFirst().orElse(end);
        assertThat(ticks.firstPast(due, from, end)).isEqualTo(first);
      }
      ticks.clear();
    }
  }
}
