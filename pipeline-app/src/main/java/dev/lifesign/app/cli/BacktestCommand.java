package dev.lifesign.app.cli;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.backtest.BacktestReport;
import dev.lifesign.lab.backtest.Backtesting;
import dev.lifesign.lab.backtest.Confusion;
import dev.lifesign.lab.backtest.PolicyResult;
import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.PolicyFile;
import dev.lifesign.lab.file.Refusals;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
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
      "CHURNED came back. The results are compared with the best fixed threshold of silence, tuned on",
      "data before the cutoff, and with the majority baseline. Recommends a risk method and its",
      "setting, and writes a policy with them. docs/explanation/scoring.md describes the method."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  lifesign backtest --events events.jsonl --policy policy.yaml --holdout P90D --out backtest",
      "  lifesign backtest --events sales.txt --csv customer=1,time=3,amount=5,format=yyyyMMdd,delimiter=space \\",
      "      --policy mine.yaml --policy other.yaml --holdout P60D --folds 3 --out backtest",
      "",
      "For the keys of --csv, see lifesign replay --help; for mappings, lifesign mapping --help."
    })
final class BacktestCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private EventFiles events;

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
      description = "number of consecutive holdouts (default: ${DEFAULT-VALUE})")
  private int folds;

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
    if (holdout.toDays() < 1 || folds < 1) {
      throw new UserError(
          "--holdout is %s and --folds is %d; set --holdout to a day or more, and --folds to 1 or more"
              .formatted(holdout, folds));
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
    OptionalLong until = opened.until(first.calendar().zone());
    opened.acceptWithoutAmounts();
    EventFile file = opened.open(first);
    long[] steps = {0};
    BacktestReport report;
    try (ReadProgress progress = new ReadProgress("Backtest")) {
      report =
          new Backtesting(file, files, until, Math.toIntExact(holdout.toDays()), folds)
              .run(total -> steps[0] = total, progress::step, refusals::add);
    }
    Backtesting.write(report, out);
    print(report);
    // A step is a line read or an event, and a line is an event or refused.
    long read = (steps[0] + refusals.count()) / 2;
    return RefusedLines.tell(refusals, file, read, spec.commandLine().getErr());
  }

  private void print(BacktestReport report) {
    PrintWriter print = spec.commandLine().getOut();
    print.println(report.history());
    print.printf(
        "%-34s %9s %9s %9s %9s %7s %7s%n",
        "policy", "alerts/wk", "accuracy", "precision", "recall", "AUROC", "logloss");
    for (PolicyResult result : report.results()) {
      PolicyResult.Fold fold = result.last();
      row(print, result.name(), "%.1f".formatted(fold.alertsPerWeek()), fold.comparison().policy());
      double auroc = fold.probabilities().auroc();
      print.printf(
          " %7s %7.3f%n",
          Double.isNaN(auroc) ? "–" : "%.3f".formatted(auroc), fold.probabilities().logLoss());
    }
    PolicyResult.Fold any = report.results().get(0).last();
    row(
        print,
        "best fixed threshold, " + any.comparison().threshold() + " days",
        "",
        any.comparison().byThreshold());
    print.println();
    row(print, "majority baseline", "", any.comparison().byMajority());
    print.println();
    print.println(report.verdict());
    print.printf("Report: %s%n", out.resolve("backtest.html"));
    print.flush();
  }

  private static void row(PrintWriter print, String name, String alerts, Confusion c) {
    print.printf(
        "%-34s %9s %8.1f%% %8.1f%% %8.1f%%",
        name, alerts, 100 * c.accuracy(), 100 * c.precision(), 100 * c.recall());
  }
}
