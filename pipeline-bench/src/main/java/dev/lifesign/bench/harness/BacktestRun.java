package dev.lifesign.bench.harness;

import dev.lifesign.bench.entrant.BacktestMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Backtests of one history in a process of its own. */
public final class BacktestRun {

  /** As much as a quarter of what a machine of 8 GiB has, which is what the command gets there. */
  private static final String HEAP = "2g";

  private BacktestRun() {}

  /**
   * Runs them one after the other.
   *
   * @param runs how many; the first ones compile code
   * @param budget of all
   * @return seconds each took
   * @throws IllegalStateException if it failed or was stopped
   */
  public static List<Double> seconds(Site site, Path history, int runs, Duration budget) {
    Path result = site.dir().resolve("backtest.seconds");
    Path log = site.dir().resolve("backtest.log");
    try {
      Files.deleteIfExists(result);
      try (Child child =
          Child.start(
              log,
              List.of("-Xms" + HEAP, "-Xmx" + HEAP),
              System.getProperty("java.class.path"),
              BacktestMain.class.getName(),
              history.toString(),
              String.valueOf(runs),
              result.toString())) {
        if (!child.awaitEnd(budget) || !Files.exists(result)) {
          throw new IllegalStateException("The backtests did not end well: " + child.said());
        }
      }
      return Files.readAllLines(result).stream().map(Double::valueOf).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
