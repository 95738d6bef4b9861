package dev.lifesign.bench.entrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an entrant says of its pace. */
class ProgressTest {

  private static final List<String> RATES =
      List.of("rate", "rate1", "rate2", "rate3", "rate4", "rate5");

  @Test
  void theTimeAfterTheWarmUpIsToldInWholeAndInFifths() {
    assertThat(names(counted(10, 35, 35))).containsExactlyElementsOf(RATES);
    assertThat(names(counted(10, 38, 38))).containsExactlyElementsOf(RATES);
  }

  @Test
  void theFifthsTakeAsLongAsTheWhole() {
    Progress progress = counted(1_000, 101_003, 101_003);
    List<Double> rates =
        progress
            .result()
            .lines()
            .map(line -> Double.valueOf(line.substring(line.indexOf('=') + 1)))
            .toList();
    double seconds = IntStream.range(1, 5).mapToDouble(i -> 20_000 / rates.get(i)).sum();
    seconds += 20_003 / rates.get(5);
    assertThat(100_003 / seconds).isCloseTo(rates.get(0), withPercentage(0.001));
  }

  @Test
  void whoIsNotThroughHasNoRate() {
    assertThat(names(counted(10, 35, 34))).isEmpty();
  }

  @Test
  void anotherProcessSeesHowManyAreDone(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("done");
    Progress progress = new Progress(10, 100);
    progress.showIn(file);
    assertThat(shown(file)).isZero();
    for (int i = 0; i < 67; i++) {
      progress.count();
    }
    assertThat(shown(file)).isEqualTo(64);
  }

  private static long shown(Path file) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(file)).getLong();
  }

  private static Progress counted(long warmup, long total, long events) {
    Progress progress = new Progress(warmup, total);
    for (long i = 0; i < events; i++) {
      progress.count();
    }
    return progress;
  }

  private static List<String> names(Progress progress) {
    return progress.result().lines().map(line -> line.substring(0, line.indexOf('='))).toList();
  }
}
