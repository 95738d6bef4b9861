package dev.lifesign.lab.backtest;

import dev.lifesign.domain.policy.Presets;
import dev.lifesign.lab.file.JsonLinesFile;
import dev.lifesign.lab.file.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

/** A year of a shop whose customers buy at random and leave, and a backtest of it. */
final class MadeUpShop {

  private MadeUpShop() {}

  /** The preset retail in a language, and some lines more. */
  static PolicyFile policy(String language, String more) {
    return PolicyFile.of(
        "%s\nlanguage: %s\n%s".formatted(Presets.text("retail"), language, more), "a test");
  }

  /** Two holdouts of 60 days, the last one at the end of the year. */
  static BacktestReport report(Path dir, Map<String, PolicyFile> policies) throws IOException {
    return report(dir, policies, 400, "2025-01-01T00:00:00Z");
  }

  /** Two holdouts of 60 days, the last one before an instant. */
  static BacktestReport report(
      Path dir, Map<String, PolicyFile> policies, int customers, String until) throws IOException {
    return new Backtesting(
            new JsonLinesFile(events(dir, customers)),
            new LinkedHashMap<>(policies),
            new BacktestPlan(
                OptionalLong.of(Instant.parse(until).toEpochMilli()),
                60,
                2,
                new Objective.Balanced(),
                Limits.DEFAULT,
                true))
        .run(
            total -> {},
            step -> {},
            line -> {
              throw new IllegalStateException(line.toString());
            });
  }

  private static Path events(Path dir, int customers) throws IOException {
    Random random = new Random(5);
    int first = (int) LocalDate.of(2024, 1, 1).toEpochDay();
    List<String> lines = new ArrayList<>();
    for (int customer = 0; customer < customers; customer++) {
      double rate = 0.01 + 0.06 * random.nextDouble();
      double day = first + 120 * random.nextDouble();
      do {
        lines.add(
            Shop.line("c" + customer, (int) day, 12, lines.size(), 1_000 + random.nextInt(9_000)));
        day -= Math.log(1 - random.nextDouble()) / rate;
      } while (day < first + 366 && random.nextDouble() > 0.15);
    }
    return Files.write(dir.resolve("events.jsonl"), lines);
  }
}
