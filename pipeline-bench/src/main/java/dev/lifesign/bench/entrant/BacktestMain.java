package dev.lifesign.bench.entrant;

import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.lab.backtest.BacktestPlan;
import dev.lifesign.lab.backtest.Backtesting;
import dev.lifesign.lab.file.JsonLinesFile;
import dev.lifesign.lab.file.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The process for backtests: runs a backtest of a history several times in sequence and writes the
 * seconds that each took, one per line.
 */
public final class BacktestMain {

  private static final int HOLDOUT_DAYS = 90;
  private static final double NANOS = 1e9;

  private BacktestMain() {}

  /**
   * Runs the backtests.
   *
   * @param args the history, the number of runs, and the result file
   */
  public static void main(String[] args) throws IOException {
    Path history = Path.of(args[0]);
    List<String> seconds = new ArrayList<>();
    for (int i = Integer.parseInt(args[1]); i > 0; i--) {
      seconds.add(String.valueOf(seconds(history)));
    }
    Files.write(Path.of(args[2]), seconds);
    System.exit(0);
  }

  private static double seconds(Path history) {
    String text = Presets.text("retail");
    PolicyFile policy = new PolicyFile(PolicyReader.read(text).policy().orElseThrow(), text);
    long begin = System.nanoTime();
    new Backtesting(
            new JsonLinesFile(history),
            Map.of("retail", policy),
            BacktestPlan.of(OptionalLong.empty(), HOLDOUT_DAYS))
        .run(total -> {}, steps -> {}, line -> {});
    return (System.nanoTime() - begin) / NANOS;
  }
}
