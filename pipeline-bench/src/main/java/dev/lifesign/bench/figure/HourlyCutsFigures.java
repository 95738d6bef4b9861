package dev.lifesign.bench.figure;

import dev.lifesign.domain.policy.Presets;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.file.JsonLinesFile;
import dev.lifesign.lab.file.PolicyFile;
import dev.lifesign.lab.replay.DirectEngine;
import dev.lifesign.lab.replay.Replay;
import dev.lifesign.lab.replay.ReplayFiles;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The time to replay a year under a policy that scores by the population, whose cut points are
 * taken every hour: the cost of many takings where little changed.
 */
public final class HourlyCutsFigures {

  private static final int CUSTOMERS = 25_000;
  private static final int PURCHASES = 8;
  private static final long BEGIN = Instants.parse("2024-01-01T00:00:00Z");
  private static final long YEAR = 366 * Instants.DAY;
  private static final double NANOS = 1e9;

  private HourlyCutsFigures() {}

  /** Measures the figures. */
  public static List<Figure> measure(Bench bench) {
    Path file = bench.site().dir().resolve("year.jsonl");
    write(file);
    String text =
        Presets.text("retail")
            .replaceFirst("(?m)^  cuts: .*$", "  cuts: population\n  cutsEvery: PT1H");
    PolicyFile policy = PolicyFile.of(text, "retail");
    List<Double> seconds = new ArrayList<>();
    for (int round = 0; round < bench.scale().rounds(); round++) {
      long begin = System.nanoTime();
      ReplayFiles results = new ReplayFiles();
      Replay replay =
          new Replay(
              new JsonLinesFile(file), policy, BEGIN + YEAR, total -> {}, line -> {}, line -> {});
      new DirectEngine(replay, results).run();
      seconds.add((System.nanoTime() - begin) / NANOS);
      if (results.customers() != CUSTOMERS) {
        throw new IllegalStateException("Replayed %d customers".formatted(results.customers()));
      }
    }
    return List.of(
        Figure.atMost(
            "A year of hourly cut points",
            "%,d customers, %,d purchases, 8,784 takings of cut points, from a file; compiling code included in the first round."
                .formatted(CUSTOMERS, CUSTOMERS * PURCHASES),
            "s",
            20,
            seconds));
  }

  private static void write(Path file) {
    Random random = new Random(1);
    long[] instants = new long[CUSTOMERS * PURCHASES];
    for (int i = 0; i < instants.length; i++) {
      instants[i] = BEGIN + (long) (random.nextDouble() * YEAR);
    }
    Arrays.sort(instants);
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      for (int i = 0; i < instants.length; i++) {
        // Everybody buys once, and then whoever comes.
        int customer = i < CUSTOMERS ? i : random.nextInt(CUSTOMERS);
        writer.write(
            "{\"family\":\"purchase\",\"action\":\"PURCHASE\",\"eventId\":\"e%d\",\"customerId\":\"c%d\",\"occurredAt\":\"%s\",\"orderId\":\"o\",\"amount\":%d,\"currency\":\"USD\"}%n"
                .formatted(i, customer, Instants.format(instants[i]), 500 + random.nextInt(9_000)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
