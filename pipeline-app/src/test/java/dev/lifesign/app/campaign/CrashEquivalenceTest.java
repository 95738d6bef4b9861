package dev.lifesign.app.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.app.runtime.Connections;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.schema.DeadLetter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens to the pipeline, its broker, its registry and its inputs while it works, it
 * publishes the facts of an undisturbed timeline: nothing lost, nothing twice, in order per
 * customer. The number of rounds, the number of customers and the seed are {@code
 * -Dlifesign.crash.rounds}, {@code -Dlifesign.crash.customers} and {@code -Dlifesign.crash.seed}; a
 * round depends only on the seed and its number. Rounds wait more than they work, so {@code
 * -Dlifesign.crash.lanes} of them run at a time, each lane with its own broker.
 */
class CrashEquivalenceTest {

  private static final int ROUNDS = Integer.getInteger("lifesign.crash.rounds", 12);
  private static final long SEED = Long.getLong("lifesign.crash.seed", 1);
  private static final int FIRST = Integer.getInteger("lifesign.crash.first", 1);
  private static final int CUSTOMERS = Integer.getInteger("lifesign.crash.customers", 2_000);
  private static final int LANES = Integer.getInteger("lifesign.crash.lanes", 2);
  private static final int MAX_EVENTS = 20;
  private static final int VIEWS = 3;
  private static final long UNTIL = Instant.parse("2025-03-01T00:00:00Z").toEpochMilli();

  @TempDir Path dir;

  private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final StringBuilder table =
      new StringBuilder("| round | partitions | what was done | facts | lost | twice | other |\n")
          .append("|---|---|---|---|---|---|---|\n");
  private WrittenHistory history;
  private FactLedger expected;

  @Test
  void whateverIsDoneToItNothingIsLostOrToldTwice() throws Exception {
    String policy = Presets.text("marketplace").replace("rates: {}", "rates: { EUR: 1.08 }");
    Policy read = PolicyReader.read(policy).policy().orElseThrow();
    history =
        new WrittenHistory(SEED, CUSTOMERS, MAX_EVENTS, VIEWS, UNTIL)
            .withCommands(read, UNTIL, SEED);
    assertThat(history.commands()).hasSizeGreaterThan(CUSTOMERS);
    assertThat(history.arrivals()).hasSizeGreaterThan(CUSTOMERS * 30);
    expected = history.expected(read, UNTIL);
    assertThat(expected.gaps()).isEmpty();
    assertThat(expected.size()).isGreaterThan(CUSTOMERS * 8);
    AtomicInteger next = new AtomicInteger(FIRST);
    ExecutorService executor = Executors.newFixedThreadPool(LANES);
    try {
      List<Future<?>> lanes = new ArrayList<>();
      for (int lane = 0; lane < LANES; lane++) {
        Path own = Files.createDirectories(dir.resolve("lane" + lane));
        Files.writeString(own.resolve("policy.yaml"), policy);
        boolean first = lane == 0;
        lanes.add(executor.submit(() -> work(own, first, next)));
      }
      for (Future<?> lane : lanes) {
        lane.get();
      }
      assertThat(wrong).isEmpty();
    } finally {
      executor.shutdownNow();
      Path report = Path.of("target", "crash-campaign.md");
      Files.writeString(report, table + "\nseed " + SEED + ", struck " + struck + "\n");
      System.out.println(table + "seed " + SEED + ", struck " + struck);
    }
  }

  /** Runs one round without a fault, if requested, then rounds that no other lane has started. */
  private void work(Path own, boolean undisturbed, AtomicInteger next) {
    try (Cluster cluster = new Cluster(own)) {
      if (undisturbed) {
        round(cluster, own, 0, 4, List.of());
      }
      for (int round = next.getAndIncrement();
          round < FIRST + ROUNDS;
          round = next.getAndIncrement()) {
        round(cluster, own, round, round % 3 == 0 ? 1 : 4, faults(round));
      }
    }
  }

  /**
   * Takes each kind of fault in turn, so that a few rounds cover all, plus one or two others at
   * random.
   */
  private static List<Fault> faults(int round) {
    Random random = new Random(SEED * 31 + round);
    Fault[] kinds = Fault.values();
    List<Fault> faults = new ArrayList<>();
    faults.add(kinds[round % kinds.length]);
    for (int more = random.nextInt(2); more >= 0; more--) {
      Fault fault = kinds[random.nextInt(kinds.length)];
      if (!fault.isSlow() && !(fault.isOnce() && faults.contains(fault))) {
        faults.add(fault);
      }
    }
    return faults;
  }

  private void round(Cluster cluster, Path own, int number, int partitions, List<Fault> faults) {
    long begin = System.nanoTime();
    String name = "round" + number;
    Random random = new Random(SEED * 1_000_033 + number);
    Topics topics = new Topics(name + ".in.", CrashRound.outputPrefix(name));
    AtomicInteger letters = new AtomicInteger();
    try (Inputs inputs =
        Inputs.write(
            cluster.connections(),
            topics,
            partitions,
            history,
            Set.copyOf(faults),
            random,
            (last, key) -> Optional.empty())) {
      CrashRound round = new CrashRound(cluster, own, name, inputs, random.nextLong());
      FactLedger told =
          round.run(
              faults, UNTIL, (connections, outputs) -> letters.set(letters(connections, outputs)));
      note(number, partitions, faults, round, told, System.nanoTime() - begin);
      if (letters.get() != inputs.refused()) {
        wrong.add(
            "round %d, seed %d, %s: %d dead letters instead of %d"
                .formatted(number, SEED, round.done(), letters.get(), inputs.refused()));
      }
    }
  }

  private static int letters(Connections connections, Topics topics) {
    AtomicInteger letters = new AtomicInteger();
    connections.readAll(
        List.of(topics.deadLetters()),
        letter -> {
          assertThat(((DeadLetter) letter).getReason()).isEqualTo("UNDECODABLE");
          letters.incrementAndGet();
        });
    return letters.get();
  }

  private synchronized void note(
      int number,
      int partitions,
      List<Fault> faults,
      CrashRound round,
      FactLedger told,
      long nanos) {
    faults.forEach(fault -> struck.merge(fault, 1, Integer::sum));
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
    System.out.println(line + " " + nanos / 1_000_000 + " ms");
    told.gaps().forEach(gap -> wrong.add("round %d, seed %d: %s".formatted(number, SEED, gap)));
    told.differences(expected).stream()
        .findFirst()
        .ifPresent(
            one -> {
              String difference =
                  "round %d, seed %d, %s; of %s%n  expected %s%n  told     %s"
                      .formatted(number, SEED, round.done(), one, expected.of(one), told.of(one));
              wrong.add(difference);
              // At once, since a long campaign may be interrupted.
              System.out.println(difference);
              round.logs().forEach(System.out::println);
            });
  }
}
