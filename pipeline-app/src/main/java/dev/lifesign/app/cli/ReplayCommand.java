package dev.lifesign.app.cli;

import dev.lifesign.app.replay.KafkaEngine;
import dev.lifesign.lab.file.Arrivals;
import dev.lifesign.lab.file.ArrivedCommand;
import dev.lifesign.lab.file.CommandsFile;
import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.Line;
import dev.lifesign.lab.file.PolicyFile;
import dev.lifesign.lab.replay.DirectEngine;
import dev.lifesign.lab.replay.LastArrival;
import dev.lifesign.lab.replay.Replay;
import dev.lifesign.lab.replay.ReplayFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "profiles.csv, alerts.csv, alert-changes.csv and dead-letters.jsonl. Events are JSON lines, or a",
      "shop's export with --mapping; see docs/reference/mappings.md. Lines that cannot be read are",
      "counted by kind and skipped. A file that is not in order of arrival is sorted in memory. Exits",
      "with 3 if most lines were refused, or no customer was found."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  lifesign replay --events orders_export.csv --mapping shopify --policy policy.yaml --out result",
      "  lifesign replay --events events.jsonl --policy policy.yaml --until 2024-07-01 --out result",
      "  lifesign replay --events events.jsonl --policy policy.yaml --commands commands.jsonl --out result",
      "  lifesign replay --events orders.csv --policy policy.yaml --out result \\",
      "      --csv \"customer=CustomerID,time=InvoiceDate,amount=Total,order=InvoiceNo,currency=GBP\"",
      "  lifesign replay --events sales.txt --policy policy.yaml --until 1998-07-01 --out result \\",
      "      --csv customer=1,time=3,amount=5,format=yyyyMMdd,delimiter=space",
      "",
      "--csv takes the keys of a mapping, separated by commas. Keys with a column (its name in the header,",
      "or its number from 1; several with | between them, the first that has a value counts): customer,",
      "time, amount, quantity, price, order, status (or type), refunded, refundedTime, currency (or a code",
      "such as EUR), id, sku. Other keys: refunds (negative, C for order numbers that begin with C, none),",
      "decimal (auto, point, comma), amounts (major, minor), format (date patterns), dates (auto, day-first,",
      "month-first), calendar (gregorian, jalali), zone (default: the policy's), encoding, delimiter (comma,",
      "semicolon, tab, pipe, space or a character; default: detected), quote (double, single, none), header",
      "(true or false; default: false if all columns are numbers)."
    })
final class ReplayCommand implements Callable<Integer> {

  /** The engine of the replay. */
  enum Engine {
    /** In this process, without brokers. */
    DIRECT,
    /** An embedded broker and the real topology. */
    KAFKA
  }

  @Spec private CommandSpec spec;

  @Mixin private EventFiles events;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description =
          "the end of the replay: what arrives later is left out. An instant such as 2024-07-01T00:00:00Z, or a date, which begins at its midnight in the policy's time zone (default: the arrival of the last event)")
  private Optional<String> until;

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      description = "the policy, YAML or JSON")
  private Path policy;

  @Option(
      names = "--commands",
      paramLabel = "FILE",
      description =
          "commands to carry out during the replay: a file of JSON lines; see docs/reference/files.md")
  private Optional<Path> commands;

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

  @Override
  public Integer call() {
    events.require();
    PolicyFile policyFile = PolicyFile.read(policy);
    OptionalLong given = UntilTime.read(until, policyFile.policy().calendar().zone());
    try (EventFiles opened = events) {
      EventFile file = opened.open(policyFile.policy());
      return replay(policyFile, file, given.orElseGet(() -> lastArrival(file)));
    }
  }

  private static long lastArrival(EventFile file) {
    LastArrival last = new LastArrival(System.currentTimeMillis());
    Arrivals.read(
        file,
        total -> {},
        line -> {
          if (Replay.rejection(line).isEmpty()) {
            last.accept(line);
          }
        },
        fault -> {});
    return last.instant();
  }

  private int replay(PolicyFile policyFile, EventFile file, long end) {
    List<ArrivedCommand> asked = commands.map(CommandsFile::read).orElse(List.of());
    ReplayFiles results = new ReplayFiles(spreadsheetSafe);
    try (ReadProgress progress = new ReadProgress("Replay")) {
      Replay replay =
          new Replay(
              file,
              policyFile,
              asked,
              end,
              progress::total,
              progress::step,
              line -> stopIfStrict(file, line));
      if (engine == Engine.DIRECT) {
        new DirectEngine(replay, results).run();
      } else {
        new KafkaEngine(replay, results, partitions, out.resolve(".work").toAbsolutePath()).run();
      }
    }
    results.write(out, file);
    results.counts().sentences(file, end).forEach(sentence -> say("%s", sentence));
    results.commands().sentences(asked).forEach(sentence -> say("%s", sentence));
    say("%s Written to %s", results.summary(), out);
    results.statuses().forEach((status, count) -> say("  %-12s %,8d", status, count));
    results.cases().lines().forEach(line -> say("%s", line));
    return exitCode(results, file);
  }

  private int exitCode(ReplayFiles results, EventFile file) {
    if (results.customers() == 0) {
      say("No customer was found in %s; check --mapping, --csv and --until", file.name());
      return ExitCodes.FAULTS;
    }
    return RefusedLines.exitCode(
        results.counts().areMostRefused(file), file, spec.commandLine().getErr());
  }

  private void stopIfStrict(EventFile file, Line line) {
    if (strict) {
      say(
          "%s: line %d: %s",
          file.nameOf(line.number()),
          file.numberOf(line.number()),
          line.fault().orElseThrow().message());
      throw new FaultsFound();
    }
  }

  private void say(String format, Object... arguments) {
    spec.commandLine().getErr().printf(format + "%n", arguments);
    spec.commandLine().getErr().flush();
  }
}
