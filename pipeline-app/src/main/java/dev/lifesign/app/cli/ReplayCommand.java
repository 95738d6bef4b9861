package dev.lifesign.app.cli;

import dev.lifesign.app.replay.KafkaEngine;
import dev.lifesign.lab.file.CsvEventFile;
import dev.lifesign.lab.file.CsvMapping;
import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.JsonLinesFile;
import dev.lifesign.lab.file.Line;
import dev.lifesign.lab.file.PolicyFile;
import dev.lifesign.lab.replay.DirectEngine;
import dev.lifesign.lab.replay.Replay;
import dev.lifesign.lab.replay.ReplayFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Replays a file of events. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    header = "Replays a file of events with the code that runs live.",
    description = {
      "Replays a file of events with the code that runs live, and writes status-changes.csv,",
      "profiles.csv, alerts.csv and dead-letters.jsonl. Events are JSON lines, or a CSV export with",
      "--csv; see docs/reference/files.md. Lines that cannot be read are reported with their numbers",
      "and skipped. A file that is not in order of arrival is sorted in memory."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  lifesign replay --events events.jsonl --policy policy.yaml \\",
      "      --until 2024-07-01T00:00:00Z --out result",
      "  lifesign replay --events orders.csv --policy policy.yaml --until 2024-07-01T00:00:00Z \\",
      "      --out result --csv \"customer=CustomerID,time=InvoiceDate,amount=Total,order=InvoiceNo,\\",
      "      currency=GBP,format=yyyy-MM-dd HH:mm:ss\"",
      "  lifesign replay --events sales.txt --policy policy.yaml --until 1998-07-01T00:00:00Z \\",
      "      --out result --csv customer=1,time=3,amount=5,format=yyyyMMdd,delimiter=space",
      "",
      "Keys of --csv: customer, time, amount, order, type, currency and id give columns, by their name",
      "in the header or by number from 1; currency may instead be a code such as EUR. Amounts are in",
      "major units. format is the date pattern (default ISO 8601), zone the time zone (default UTC),",
      "delimiter comma, semicolon, tab, pipe, space (one or more) or a character, header true or false",
      "(default: false if all columns are given by number). refunds tells which rows are refunds:",
      "negative (default: a negative amount, or a type such as REFUND or CANCELLATION), C (also order",
      "numbers that begin with C), or none."
    })
final class ReplayCommand implements Callable<Integer> {

  /** The engine of the replay. */
  enum Engine {
    /** In this process, without brokers. */
    DIRECT,
    /** An embedded broker and the real topology. */
    KAFKA
  }

  private static final int REPORTED_LINES = 20;

  @Spec private CommandSpec spec;

  @Option(
      names = "--events",
      required = true,
      paramLabel = "FILE",
      description = "the events: JSON lines, or CSV with --csv")
  private Path events;

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      description = "the policy, YAML or JSON")
  private Path policy;

  @Option(
      names = "--until",
      required = true,
      paramLabel = "INSTANT",
      description =
          "the end of the replay, such as 2024-07-01T00:00:00Z; lines that arrive later are ignored")
  private Instant until;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "the folder for the results")
  private Path out;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "direct",
      description =
          "direct (default): in this process; kafka: through an embedded broker and the real topology")
  private Engine engine;

  @Option(
      names = "--csv",
      paramLabel = "MAPPING",
      description = "read the events as CSV; see below")
  private String csv;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "4",
      description = "number of partitions of the engine kafka (default ${DEFAULT-VALUE})")
  private int partitions;

  @Option(names = "--strict", description = "stop at the first line that cannot be read")
  private boolean strict;

  @Option(
      names = "--spreadsheet-safe",
      description =
          "put an apostrophe before text that a spreadsheet would take for a formula, such as =1+1")
  private boolean spreadsheetSafe;

  private long unreadable;

  @Override
  public Integer call() {
    PolicyFile policyFile = PolicyFile.read(policy);
    EventFile file = file(policyFile);
    file.size();
    ReplayFiles results = new ReplayFiles(spreadsheetSafe);
    try (ReadProgress progress = new ReadProgress("Replay")) {
      Replay replay =
          new Replay(
              file,
              policyFile,
              until.toEpochMilli(),
              progress::total,
              progress::step,
              this::report);
      if (engine == Engine.DIRECT) {
        new DirectEngine(replay, results).run();
      } else {
        new KafkaEngine(replay, results, partitions, out.resolve(".work").toAbsolutePath()).run();
      }
    }
    results.write(out, file);
    if (unreadable > REPORTED_LINES) {
      say("%,d lines could not be read; all are in dead-letters.jsonl", unreadable);
    }
    say("%s in %s", results.summary(), out);
    results.statuses().forEach((status, count) -> say("  %-12s %,8d", status, count));
    return ExitCodes.OK;
  }

  private EventFile file(PolicyFile policyFile) {
    return csv == null
        ? new JsonLinesFile(events)
        : new CsvEventFile(events, CsvMapping.parse(csv), policyFile.policy().currency().base());
  }

  private void report(Line line) {
    unreadable++;
    if (unreadable <= REPORTED_LINES || strict) {
      CommandLine command = spec.commandLine();
      command
          .getErr()
          .printf("%s: line %d: %s%n", events, line.number(), line.fault().orElseThrow().message());
      command.getErr().flush();
    }
    if (strict) {
      throw new FaultsFound();
    }
  }

  private void say(String format, Object... arguments) {
    spec.commandLine().getErr().printf(format + "%n", arguments);
    spec.commandLine().getErr().flush();
  }
}
