package dev.lifesign.app.cli;

import dev.lifesign.lab.UserError;
import dev.lifesign.lab.backtest.BacktestReport;
import dev.lifesign.lab.backtest.Backtesting;
import dev.lifesign.lab.backtest.Confusion;
import dev.lifesign.lab.backtest.PolicyResult;
import dev.lifesign.lab.file.CsvEventFile;
import dev.lifesign.lab.file.CsvMapping;
import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.JsonLinesFile;
import dev.lifesign.lab.file.Line;
import dev.lifesign.lab.file.PolicyFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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
      "For the keys of --csv, see lifesign replay --help."
    })
final class BacktestCommand implements Callable<Integer> {

  private static final int REPORTED_LINES = 20;

  @Spec private CommandSpec spec;

  @Option(
      names = "--events",
      required = true,
      paramLabel = "FILE",
      description = "the history: JSON lines, or CSV with --csv")
  private Path events;

  @Option(names = "--csv", paramLabel = "MAPPING", description = "read the events as CSV")
  private String csv;

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      description = "a policy; can be repeated. Tuning starts with the first")
  private List<Path> policies;

  @Option(
      names = "--until",
      paramLabel = "INSTANT",
      description =
          "the end of the history; the last holdout ends at the start of its day (default: the end of the last day)")
  private Instant until;

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

  private long unreadable;

  @Override
  public Integer call() {
    if (holdout.toDays() < 1 || folds < 1) {
      throw new UserError(
          "--holdout is %s and --folds is %d; set --holdout to a day or more, and --folds to 1 or more"
              .formatted(holdout, folds));
    }
    Map<String, PolicyFile> files = new LinkedHashMap<>();
    for (Path path : policies) {
      files.put(path.toString(), PolicyFile.read(path));
    }
    EventFile file =
        csv == null
            ? new JsonLinesFile(events)
            : new CsvEventFile(
                events,
                CsvMapping.parse(csv),
                files.values().iterator().next().policy().currency().base());
    BacktestReport report;
    try (ReadProgress progress = new ReadProgress("Backtest")) {
      report =
          new Backtesting(
                  file,
                  files,
                  until == null ? OptionalLong.empty() : OptionalLong.of(until.toEpochMilli()),
                  Math.toIntExact(holdout.toDays()),
                  folds)
              .run(progress::total, progress::step, this::report);
    }
    Backtesting.write(report, out);
    print(report);
    return ExitCodes.OK;
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
      print.printf(" %7.3f %7.3f%n", fold.probabilities().auroc(), fold.probabilities().logLoss());
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
    if (unreadable > REPORTED_LINES) {
      print.printf("%,d lines could not be read%n", unreadable);
    }
    print.flush();
  }

  private static void row(PrintWriter print, String name, String alerts, Confusion c) {
    print.printf(
        "%-34s %9s %8.1f%% %8.1f%% %8.1f%%",
        name, alerts, 100 * c.accuracy(), 100 * c.precision(), 100 * c.recall());
  }

  private void report(Line line) {
    unreadable++;
    if (unreadable <= REPORTED_LINES) {
      PrintWriter print = spec.commandLine().getErr();
      print.printf(
          "%s: line %d: %s%n", events, line.number(), line.fault().orElseThrow().message());
      print.flush();
    }
  }
}
