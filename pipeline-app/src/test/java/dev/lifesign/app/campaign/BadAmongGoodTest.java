package dev.lifesign.app.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.schema.DeadLetter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One bad record for every ten good ones, of a million in total, does not change the facts
 * published for the good ones.
 */
class BadAmongGoodTest {

  private static final int PARTITIONS = 4;
  private static final long UNTIL = Instant.parse("2025-03-01T00:00:00Z").toEpochMilli();

  @TempDir Path dir;

  @Test
  void aHundredThousandBadRecordsAmongAMillionGoodOnesChangeNothing() throws Exception {
    String policy = Presets.text("marketplace").replace("rates: {}", "rates: { EUR: 1.08 }");
    Files.writeString(dir.resolve("policy.yaml"), policy);
    WrittenHistory history = new WrittenHistory(3, 6_500, 20, 16, UNTIL);
    assertThat(history.arrivals()).hasSizeGreaterThan(1_000_000);
    FactLedger expected = history.expected(PolicyReader.read(policy).policy().orElseThrow(), UNTIL);
    Random random = new Random(5);
    AtomicInteger bad = new AtomicInteger();
    AtomicInteger letters = new AtomicInteger();
    try (Cluster cluster = new Cluster(dir)) {
      Inputs inputs =
          history.write(
              cluster.connections(),
              new Topics("bad.", CrashRound.outputPrefix("good")),
              PARTITIONS,
              (last, key) -> {
                if (random.nextInt(10) > 0) {
                  return Optional.empty();
                }
                bad.incrementAndGet();
                return Optional.of(broken(last, random));
              });
      CrashRound round = new CrashRound(cluster, dir, "good", inputs, 1);
      FactLedger told =
          round.run(
              List.of(),
              UNTIL,
              (connections, topics) ->
                  connections.readAll(
                      List.of(topics.deadLetters()),
                      letter -> {
                        assertThat(((DeadLetter) letter).getReason()).isEqualTo("UNDECODABLE");
                        letters.incrementAndGet();
                      }));
      assertThat(told.differences(expected)).isEmpty();
      assertThat(letters).hasValue(bad.get());
      assertThat(bad).hasValueGreaterThan(90_000);
    }
  }

  /** Every record must be bad for certain; a random change could leave one valid. */
  private static byte[] broken(byte[] good, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new byte[] {0};
      case 1 -> Arrays.copyOf(good, Math.min(good.length, 7));
      case 2 -> new byte[] {0, 0x7F, 0, 0, 1, 1, 2, 3};
      default -> {
        byte[] noise = new byte[1 + random.nextInt(300)];
        random.nextBytes(noise);
        noise[0] = 1;
        yield noise;
      }
    };
  }
}
