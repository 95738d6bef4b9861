package dev.lifesign.app.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.policy.PolicyReader;
import dev.lifesign.core.policy.Presets;
import dev.lifesign.core.streams.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is done to the pipeline and its broker while it works, what it tells is what an
 * undisturbed timeline tells: nothing lost, nothing twice, in order for each customer. The number
 * of rounds, of customers and the seed are {@code -Dlifesign.crash.rounds}, {@code
 * -Dlifesign.crash.customers} and {@code -Dlifesign.crash.seed}; a round is a function of the seed
 * and its number.
 */
class CrashEquivalenceTest {

  private static final int ROUNDS = Integer.getInteger("lifesign.crash.rounds", 4);
  private static final long SEED = Long.getLong("lifesign.crash.seed", 1);
  private static final int FIRST = Integer.getInteger("lifesign.crash.first", 1);
  private static final int CUSTOMERS = Integer.getInteger("lifesign.crash.customers", 3_000);
  private static final int MAX_EVENTS = 20;
  private static final int VIEWS = 3;
  private static final long UNTIL = Instant.parse("2026-06-01T00:00:00Z").toEpochMilli();

  @TempDir Path dir;

  private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
  private final SoftAssertions equal = new SoftAssertions();
  private final StringBuilder table =
      new StringBuilder("| round | partitions | what was done | facts | lost | twice | other |\n")
          .append("|---|---|---|---|---|---|---|\n");

  @Test
  void whateverIsDoneToItNothingIsLostOrToldTwice() throws IOException {
    String policy = Presets.text("marketplace").replace("rates: {}", "rates: { EUR: 1.08 }");
    Files.writeString(dir.resolve("policy.yaml"), policy);
    WrittenHistory history = new WrittenHistory(SEED, CUSTOMERS, MAX_EVENTS, VIEWS, UNTIL);
    assertThat(history.arrivals()).hasSizeGreaterThan(CUSTOMERS * 33);
    FactLedger expected = history.expected(PolicyReader.read(policy).policy().orElseThrow(), UNTIL);
    assertThat(expected.size()).isGreaterThan(CUSTOMERS * 8);
    try (Cluster cluster = new Cluster(dir)) {
      for (int partitions : new int[] {1, 4}) {
        history.write(
            cluster.connections(), new Topics("p" + partitions + ".", "unused."), partitions);
      }
      round(cluster, 0, 4, List.of(), expected);
      for (int round = FIRST; round < FIRST + ROUNDS; round++) {
        round(cluster, round, round % 3 == 0 ? 1 : 4, faults(round), expected);
      }
      equal.assertAll();
    } finally {
      Path report = Path.of("target", "crash-campaign.md");
      Files.writeString(report, table + "\nseed " + SEED + ", struck " + struck + "\n");
      System.out.println(table + "seed " + SEED + ", struck " + struck);
    }
  }

  /** Each kind comes in turn, so that few rounds meet all; one or two others at random. */
  private static List<Fault> faults(int round) {
    Random random = new Random(SEED * 31 + round);
    Fault[] kinds = Fault.values();
    List<Fault> faults = new ArrayList<>();
    faults.add(kinds[round % kinds.length]);
    for (int more = random.nextInt(2); more >= 0; more--) {
      Fault fault = kinds[random.nextInt(kinds.length)];
      if (fault != Fault.STALL && fault != Fault.KILL_ONE_OF_TWO) {
        faults.add(fault);
      }
    }
    return faults;
  }

  private void round(
      Cluster cluster, int number, int partitions, List<Fault> faults, FactLedger expected) {
    long begin = System.nanoTime();
    CrashRound round =
        new CrashRound(
            cluster,
            dir,
            "round" + number,
            "p" + partitions + ".",
            partitions,
            SEED * 1_000_033 + number);
    FactLedger told = round.run(faults, UNTIL);
    faults.forEach(fault -> struck.merge(fault, 1, Integer::sum));
    Set<String> different = told.differences(expected);
    String line =
        "| %d | %d | %s | %d | %d | %d | %d |"
            .formatted(
                number,
                partitions,
                String.join(", ", round.done()),
                told.size(),
                expected.missingFrom(told),
                told.twice(),
                told.missingFrom(expected));
    table.append(line).append(System.lineSeparator());
    System.out.println(line + " " + (System.nanoTime() - begin) / 1_000_000 + " ms");
    String one = different.stream().findFirst().orElse("");
    equal
        .assertThat(different)
        .as(
            "round %d, seed %d, %s; of %s%n  expected %s%n  told     %s",
            number, SEED, round.done(), one, expected.of(one), told.of(one))
        .isEmpty();
  }
}
