package dev.lifesign.bench;

import dev.lifesign.bench.figure.Bench;
import dev.lifesign.bench.figure.BuildFigures;
import dev.lifesign.bench.figure.CaseFigures;
import dev.lifesign.bench.figure.DirectFigures;
import dev.lifesign.bench.figure.Figure;
import dev.lifesign.bench.figure.FlinkFigures;
import dev.lifesign.bench.figure.HourlyCutsFigures;
import dev.lifesign.bench.figure.LatencyFigures;
import dev.lifesign.bench.figure.LimitFigures;
import dev.lifesign.bench.figure.ManyCustomersFigures;
import dev.lifesign.bench.figure.ProfileFigures;
import dev.lifesign.bench.figure.ReadingFigures;
import dev.lifesign.bench.figure.Scale;
import dev.lifesign.bench.figure.ScoredFigures;
import dev.lifesign.bench.figure.ScoringFigures;
import dev.lifesign.bench.figure.StateFigures;
import dev.lifesign.bench.figure.Throughput;
import dev.lifesign.bench.harness.Site;
import dev.lifesign.bench.report.Report;
import dev.lifesign.lab.file.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the benchmark and writes its report. */
@Command(
    name = "lifesign-bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures Lifesign and its alternatives: a bare Kafka Streams processor, hopping windows with a",
      "scan, and Apache Flink. Comparisons are ratios of figures from the same run."
    })
public final class BenchCommand implements Callable<Integer> {

  private static final List<String> USUAL =
      List.of("throughput", "state", "many", "latency", "direct");

  private static final Set<String> PARTS =
      Set.of(
          "throughput",
          "state",
          "many",
          "latency",
          "direct",
          "flink",
          "limits",
          "scored",
          "cases",
          "scoring",
          "reading",
          "builds",
          "profile");

  private static final int MOST_ROUNDS = 20;

  @Option(
      names = "--short",
      description = "Takes minutes, one round: checks correctness, not speed.")
  private boolean brief;

  @Option(names = "--large", description = "Ten times the job, three rounds, without a time limit.")
  private boolean large;

  @Option(
      names = "--rounds",
      description =
          "Number of rounds per comparison, 1 to 20 (default: 5; 1 with --short, 3 with --large).")
  private Integer rounds;

  @Option(
      names = "--only",
      split = ",",
      description = {
        "Run only these parts. The default is throughput, state, many, latency and direct. Others are",
        "flink (the whole job against Flink, 15 to 39 more minutes), limits (possible improvements, 10 to",
        "21 minutes), scored (7 to 17), cases (10), scoring (2), reading (2), builds (6 to 12, with --other) and profile."
      })
  private List<String> only = USUAL;

  @Option(
      names = "--out",
      description = "Folder for the report and for temporary files (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("target", "bench");

  @Option(
      names = "--flink",
      description = "Folder of the module with Apache Flink (default: ${DEFAULT-VALUE}).")
  private Path flink = Path.of("pipeline-bench-flink");

  @Option(
      names = "--other",
      description = "For the part builds: folder of another checkout that was packaged.")
  private Path other;

  @Spec private CommandSpec spec;

  /** For picocli. */
  public BenchCommand() {}

  /** Runs it. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new BenchCommand()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    for (String part : only) {
      if (!PARTS.contains(part)) {
        throw new ParameterException(
            spec.commandLine(),
            "--only names %s, which is not a part of the benchmark; see --help".formatted(part));
      }
    }
    if (only.contains("builds") && (other == null || !Files.isDirectory(classes(other)))) {
      throw new ParameterException(
          spec.commandLine(),
          "The part builds compares with another build; package one in another checkout (mvn -DskipTests package) and name its folder with --other");
    }
    Scale scale = scale();
    List<Figure> figures = new ArrayList<>();
    Map<String, Long> differences;
    Path work = out.resolve("work");
    Folders.delete(work);
    Files.deleteIfExists(out.resolve("flame.svg"));
    try (Site site = new Site(work)) {
      Bench bench = new Bench(site, scale, timed());
      Throughput throughput = new Throughput(bench);
      if (only.contains("throughput")) {
        figures.addAll(throughput.even());
      }
      // Soon after saturation was measured, since the speed of a machine varies over time.
      if (only.contains("latency")) {
        figures.addAll(LatencyFigures.measure(bench, saturation(figures)));
      }
      if (only.contains("throughput")) {
        figures.addAll(throughput.others(flink));
      }
      if (only.contains("state")) {
        figures.addAll(StateFigures.measure(bench));
      }
      if (only.contains("many")) {
        figures.addAll(ManyCustomersFigures.measure(bench));
      }
      if (only.contains("direct")) {
        figures.addAll(DirectFigures.measure(bench));
      }
      if (only.contains("flink")) {
        figures.addAll(FlinkFigures.measure(bench, flink));
      }
      if (only.contains("limits")) {
        figures.addAll(LimitFigures.measure(bench));
      }
      if (only.contains("scored")) {
        figures.addAll(ScoredFigures.measure(bench));
      }
      if (only.contains("cases")) {
        figures.addAll(CaseFigures.measure(bench));
      }
      if (only.contains("builds")) {
        figures.addAll(BuildFigures.measure(bench, other));
      }
      if (only.contains("profile")) {
        figures.addAll(ProfileFigures.measure(bench, out));
      }
      if (only.contains("scoring")) {
        figures.addAll(ScoringFigures.measure(bench));
      }
      if (only.contains("reading")) {
        figures.addAll(ReadingFigures.measure(bench));
        figures.addAll(HourlyCutsFigures.measure(bench));
      }
      differences = bench.differences();
    } finally {
      Folders.delete(work);
    }
    Report report =
        new Report(
            figures,
            differences,
            "%,d events of %,d customers, %,d rounds by turns; %s."
                .formatted(
                    scale.whole().events(),
                    scale.whole().customers(),
                    scale.rounds(),
                    Instant.now().toString().substring(0, 10)));
    report.write(out);
    say(report.markdown());
    say("Report: " + out.resolve("report.html") + " and report.md");
    boolean correct =
        differences.entrySet().stream()
            .allMatch(entry -> entry.getKey().endsWith("-unordered") || entry.getValue() == 0);
    return correct ? 0 : 1;
  }

  private static Path classes(Path checkout) {
    return checkout.resolve("pipeline-bench/target/classes");
  }

  private Scale scale() {
    if (brief && large) {
      throw new ParameterException(
          spec.commandLine(), "--short and --large exclude each other; leave one out");
    }
    Scale scale = brief ? Scale.SHORT : large ? Scale.LARGE : Scale.STANDARD;
    if (rounds == null) {
      return scale;
    }
    if (rounds < 1 || rounds > MOST_ROUNDS) {
      throw new ParameterException(
          spec.commandLine(), "--rounds is %d; set it to 1 to %d".formatted(rounds, MOST_ROUNDS));
    }
    return scale.withRounds(rounds);
  }

  /** The saturation measured in this run; otherwise a rate that any machine can process. */
  private static double saturation(List<Figure> figures) {
    return figures.stream()
        .filter(figure -> figure.name().equals(Throughput.SATURATION))
        .mapToDouble(Figure::median)
        .findFirst()
        .orElse(5_000);
  }

  /** Prints lines, each with the minutes and seconds since this call. */
  private Consumer<String> timed() {
    long begin = System.nanoTime();
    return line -> {
      Duration since = Duration.ofNanos(System.nanoTime() - begin);
      say("%3d:%02d  %s".formatted(since.toMinutes(), since.toSecondsPart(), line));
    };
  }

  private void say(String line) {
    PrintWriter writer = spec.commandLine().getOut();
    writer.println(line);
    writer.flush();
  }
}
