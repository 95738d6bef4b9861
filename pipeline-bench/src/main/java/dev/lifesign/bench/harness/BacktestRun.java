package dev.lifesign.bench.harness;

import dev.lifesign.bench.entrant.BacktestMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs backtests of one history in a separate process. */
public final class BacktestRun {

  /** A quarter of the memory of a machine with 8 GiB, which is the default heap there. */
  private static final String HEAP = "2g";

  private BacktestRun() {}

  /**
   * Runs the backtests in sequence.
   *
   * @param runs the number of runs; code is compiled during the first ones
   * @param budget the time limit for all runs
   * @return the seconds of each run
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
