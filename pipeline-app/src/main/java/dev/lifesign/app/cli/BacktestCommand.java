package dev.lifesign.app.cli;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.backtest.BacktestFiles;
import dev.lifesign.lab.backtest.BacktestPlan;
import dev.lifesign.lab.backtest.BacktestReport;
import dev.lifesign.lab.backtest.BacktestText;
import dev.lifesign.lab.backtest.Backtesting;
import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.PolicyFile;
import dev.lifesign.lab.file.Refusals;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Evaluates policies against a history. */
@Command(
    name = "backtest",
    mixinStandardHelpOptions = true,
    header =
        "Shows which alerts policies would have raised on a history, and how often they were right.",
    description = {
      "Replays a history with the live code under each policy and scores every customer at a cutoff",
      "date. The holdout after the cutoff shows which of the customers called AT_RISK, DORMANT or",
      "CHURNED came back. Recommends a risk method and its setting, chosen at several earlier cutoffs,",
      "or to keep the policy if nothing does better by more than chance, and writes that policy.",
      "docs/explanation/scoring.md describes the method."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  lifesign backtest --events events.jsonl --policy policy.yaml --holdout P90D --out backtest",
      "  lifesign backtest --events events.jsonl --policy policy.yaml --objective profit \\",
      "      --contact-cost 1.50 --margin 0.3 --save-rate 0.1 --out backtest",
      "  lifesign backtest --events sales.txt --csv customer=1,time=3,amount=5,format=yyyyMMdd,delimiter=space \\",
      "      --policy mine.yaml --policy other.yaml --holdout P60D --folds 3 --out backtest",
      "",
      "For the keys of --csv, see lifesign replay --help; for mappings, lifesign mapping --help."
    })
final class BacktestCommand implements Callable<Integer> {

  private static final int LONGEST_HOLDOUT = 3_650;

  @Spec private CommandSpec spec;

  @Mixin private EventFiles events;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description =
          "the end of the history: what arrives then or later is left out. An instant such as 2024-07-01T00:00:00Z, or a date, which begins at its midnight in the policy's time zone (default: the end of the day of the last purchase)")
  private Optional<String> until;

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      description = "a policy; can be repeated. Tuning starts with the first")
  private List<Path> policies;

  @Option(
      names = "--holdout",
      paramLabel = "DURATION",
      defaultValue = "P90D",
      description = "how long customers have to come back, whole days (default: 90)")
  private Duration holdout;

  @Option(
      names = "--folds",
      paramLabel = "N",
      defaultValue = "1",
      description = "number of consecutive holdouts to show (default: ${DEFAULT-VALUE})")
  private int folds;

  @ArgGroup(validate = false, heading = "%nWhat the recommendation is chosen by:%n")
  private ObjectiveOptions objective = new ObjectiveOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "the folder for backtest.html, backtest.json and recommended.yaml")
  private Path out;

  private final Refusals refusals = new Refusals();

  @Override
  public Integer call() {
    events.require();
    long days = holdout.toDays();
    if (days < 1 || days > LONGEST_HOLDOUT || !Duration.ofDays(days).equals(holdout)) {
      throw new UserError(
          "--holdout is %s; set it to whole days, such as P90D, from a day to ten years"
              .formatted(holdout));
    }
    if (folds < 1) {
      throw new UserError("--folds is %d; set it to 1 or more".formatted(folds));
    }
    Map<String, PolicyFile> files = new LinkedHashMap<>();
    for (Path path : policies) {
      files.put(path.toString(), PolicyFile.read(path));
    }
    try (EventFiles opened = events) {
      return run(opened, files);
    }
  }

  private int run(EventFiles opened, Map<String, PolicyFile> files) {
    Policy first = files.values().iterator().next().policy();
    OptionalLong end = UntilTime.read(until, first.calendar().zone());
    opened.acceptWithoutAmounts();
    EventFile file = opened.open(first);
    Backtesting backtesting =
        new Backtesting(
            file,
            files,
            new BacktestPlan(
                end,
                Math.toIntExact(holdout.toDays()),
                folds,
                objective.chosen(first.currency()),
                objective.limits(),
                true));
    BacktestReport report;
    try (ReadProgress progress = new ReadProgress("Backtest")) {
      report = backtesting.run(progress::total, progress::step, refusals::add);
    }
    BacktestFiles.write(report, out);
    PrintWriter print = spec.commandLine().getOut();
    print.print(BacktestText.of(report));
    print.printf("%nReport: %s%n", out.resolve("backtest.html"));
    print.flush();
    return RefusedLines.print(refusals, file, backtesting.lines(), spec.commandLine().getErr());
  }
}
