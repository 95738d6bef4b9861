package dev.lifesign.bench.figure;

import dev.lifesign.bench.harness.Attempt;
import dev.lifesign.bench.harness.EntrantSpec;
import dev.lifesign.bench.harness.OneProcessor;
import dev.lifesign.bench.job.Ticks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Events per second of Lifesign and of its alternatives. */
public final class Throughput {

  private static final String LIFESIGN = "lifesign-exactly-once";

  /** The name of the figure with Lifesign's highest rate. */
  public static final String SATURATION = LIFESIGN + ", even";

  private static final String AT_LEAST_ONCE = "lifesign-at-least-once";
  private static final String BARE = "bare-processor";
  private static final String HOPPING = "hopping-windows";
  private static final String FLINK = "flink";
  private static final String FLINK_UNORDERED = "flink-unordered";
  private static final String DIRECT = "direct";
  private static final String RATE = "rate";
  private static final int SECOND = 1_000;

  private final Bench bench;
  private final Map<String, List<Attempt>> even = new LinkedHashMap<>();

  /** Creates a measurement. */
  public Throughput(Bench bench) {
    this.bench = bench;
  }

  /**
   * Measures the figures of the whole job, spread evenly over the customers. Must be called first.
   */
  public List<Figure> even() {
    List<Figure> figures = new ArrayList<>();
    even.putAll(
        bench.rounds(
            bench.scale().whole(),
            Ticks.HOURLY,
            true,
            bench.scale().rounds(),
            List.of(
                EntrantSpec.own(LIFESIGN, true),
                EntrantSpec.own(BARE, false),
                DirectFigures.onOneCore(bench.scale().whole().customers()),
                EntrantSpec.own("poll-and-decode", false),
                EntrantSpec.own("poll", false))));
    even.forEach((name, attempts) -> figures.add(rate(name + ", even", attempts)));
    figures.add(
        Figure.atLeast(
            "Lifesign : bare processor, even",
            "A processor that only decodes, gets and puts, and tells nothing.",
            0.7,
            Bench.ratios(even, LIFESIGN, BARE, RATE)));
    for (String each : List.of("fired", "statusChanges", "profiles")) {
      figures.add(
          Figure.told(each + " an event", "", "a event", Bench.samples(even.get(LIFESIGN), each)));
    }
    figures.add(
        Figure.atLeast(
            "Midnight : an ordinary hour",
            "Days leave everybody's windows at midnight UTC.",
            0.5,
            inverse(even.get(LIFESIGN))));
    figures.addAll(direct());
    return figures;
  }

  /** Measures the figures of all other jobs, after {@link #even}. */
  public List<Figure> others(Path flinkModule) {
    List<Figure> figures = new ArrayList<>();
    Map<String, List<Attempt>> skewed =
        bench.rounds(
            bench.scale().skewed(),
            Ticks.HOURLY,
            true,
            bench.scale().rounds(),
            List.of(EntrantSpec.own(LIFESIGN, true), EntrantSpec.own(BARE, false)));
    skewed.forEach((name, attempts) -> figures.add(rate(name + ", skewed", attempts)));
    figures.add(
        Figure.atLeast(
            "Lifesign : bare processor, skewed",
            "The same where few customers make most of the events.",
            0.7,
            Bench.ratios(skewed, LIFESIGN, BARE, RATE)));
    figures.addAll(besideFlink(flinkModule));
    figures.addAll(besideHoppingWindows());
    return figures;
  }

  private List<Figure> besideFlink(Path module) {
    List<Figure> figures = new ArrayList<>();
    Map<String, List<Attempt>> sample =
        bench.rounds(
            bench.scale().sample(),
            Ticks.HOURLY,
            true,
            bench.scale().rounds(),
            List.of(
                EntrantSpec.own(LIFESIGN, true),
                EntrantSpec.flink(FLINK, EntrantSpec.COMMIT_MILLIS, module)));
    // For these, only the correctness of the status changes matters here.
    Map<String, List<Attempt>> once =
        bench.rounds(
            bench.scale().sample(),
            Ticks.HOURLY,
            true,
            1,
            List.of(
                EntrantSpec.own(AT_LEAST_ONCE, true),
                EntrantSpec.flink(FLINK_UNORDERED, SECOND, module)));
    sample.forEach((name, attempts) -> figures.add(rate(name + ", sample", attempts)));
    figures.add(
        Figure.atLeast(
            "Lifesign : Flink",
            "Apache Flink with checkpoints as often as Lifesign commits, on a sample; the whole job is the part flink.",
            1.5,
            Bench.ratios(sample, LIFESIGN, FLINK, RATE)));
    figures.add(
        Figure.told(
            "Exactly once : at least once",
            "What the guarantee costs; one round at least once.",
            "ratio",
            ratios(sample, once, AT_LEAST_ONCE)));
    figures.add(rate(AT_LEAST_ONCE + ", sample, one round", once.get(AT_LEAST_ONCE)));
    figures.add(rate(FLINK_UNORDERED + ", sample (disqualified)", once.get(FLINK_UNORDERED)));
    return figures;
  }

  /** The ratio of each round of Lifesign to the only round of another entrant. */
  private static List<Double> ratios(
      Map<String, List<Attempt>> rounds, Map<String, List<Attempt>> once, String other) {
    double rate = once.get(other).get(0).rate();
    return rounds.get(LIFESIGN).stream().map(attempt -> attempt.rate() / rate).toList();
  }

  private List<Figure> direct() {
    return List.of(
        Figure.atLeast(
            "Direct replay on one core : Kafka Streams on two",
            OneProcessor.isPossible()
                ? "Customers and deadlines in memory; collector and compiler on that core too."
                : "Not held to one core: there is no taskset here (util-linux).",
            5,
            Bench.ratios(even, DIRECT, LIFESIGN, RATE)),
        Figure.atMost(
            "Index writes an event, first events and fired entries aside",
            "Only a deadline that comes earlier is written: the entry goes, and another comes.",
            "writes",
            0.05,
            Bench.samples(even.get(DIRECT), "indexWrites")));
  }

  /** Hopping windows process a fiftieth of the job; Lifesign's rate is that on the whole. */
  private List<Figure> besideHoppingWindows() {
    Map<String, List<Attempt>> both = new LinkedHashMap<>(even);
    both.putAll(
        bench.rounds(
            bench.scale().small(),
            Ticks.HOURLY,
            false,
            bench.scale().rounds(),
            List.of(EntrantSpec.own(HOPPING, false))));
    return List.of(
        rate(HOPPING + ", 2 %", both.get(HOPPING)),
        Figure.atLeast(
            "Lifesign : hopping windows and scan",
            "What a team on Kafka Streams writes first, on a sample of 2 %; it tells something else.",
            10,
            Bench.ratios(both, LIFESIGN, HOPPING, RATE)));
  }

  private static Figure rate(String name, List<Attempt> attempts) {
    return Figure.told(name, "", "events/s", Bench.samples(attempts, RATE));
  }

  private static List<Double> inverse(List<Attempt> attempts) {
    return attempts.stream()
        .map(a -> a.figures().get("ordinaryNanos") / a.figures().get("midnightNanos"))
        .toList();
  }
}
