package dev.lifesign.bench.figure;

import dev.lifesign.bench.entrant.EntrantMain;
import dev.lifesign.bench.harness.Attempt;
import dev.lifesign.bench.harness.EntrantSpec;
import dev.lifesign.bench.job.Ticks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The comparison with Apache Flink on the whole job, in which compiling code has a smaller share
 * than in a sample.
 */
public final class FlinkFigures {

  private static final String LIFESIGN = "lifesign-exactly-once";
  private static final String SLOW_COMMIT = EntrantMain.SLOW_COMMIT;
  private static final String WITHOUT_PROFILES = EntrantMain.WITHOUT_PROFILES;
  private static final String FLINK = "flink";
  private static final String FLINK_SLOW_COMMIT = "flink-commit-1s";
  private static final int SECOND = 1_000;
  private static final double GOAL = 1.5;

  private FlinkFigures() {}

  /** Measures the figures. */
  public static List<Figure> measure(Bench bench, Path module) {
    Map<String, List<Attempt>> whole =
        bench.rounds(
            bench.scale().whole(),
            Ticks.HOURLY,
            true,
            bench.scale().rounds(),
            List.of(
                EntrantSpec.own(LIFESIGN, true),
                EntrantSpec.own(SLOW_COMMIT, true).committingEvery(SECOND),
                EntrantSpec.own(WITHOUT_PROFILES, true),
                EntrantSpec.flink(FLINK, EntrantSpec.COMMIT_MILLIS, module),
                EntrantSpec.flink(FLINK_SLOW_COMMIT, SECOND, module)));
    List<Figure> figures = new ArrayList<>();
    whole.forEach(
        (name, attempts) ->
            figures.add(
                Figure.told(name + ", whole", "", "events/s", Bench.samples(attempts, "rate"))));
    figures.add(
        Figure.atLeast(
            "Lifesign : Flink, whole",
            "Apache Flink with checkpoints as often as Lifesign commits, on the whole job.",
            GOAL,
            Bench.ratios(whole, LIFESIGN, FLINK, "rate")));
    figures.add(
        Figure.atLeast(
            "Lifesign : Flink, both once a second, whole",
            "Lifesign commits once a second, and Flink takes as many checkpoints.",
            GOAL,
            Bench.ratios(whole, SLOW_COMMIT, FLINK_SLOW_COMMIT, "rate")));
    figures.add(
        Figure.atLeast(
            "Lifesign : Flink, a checkpoint a second, whole",
            "Lifesign commits five times as often as Flink takes a checkpoint.",
            GOAL,
            Bench.ratios(whole, LIFESIGN, FLINK_SLOW_COMMIT, "rate")));
    figures.add(
        Figure.atLeast(
            "Lifesign without profiles : Flink, whole",
            "Both tell status changes and nothing else (tellProfiles: false).",
            GOAL,
            Bench.ratios(whole, WITHOUT_PROFILES, FLINK, "rate")));
    figures.add(
        Figure.atLeast(
            "Lifesign without profiles : Flink, a checkpoint a second, whole",
            "The same where Flink takes a fifth of the checkpoints.",
            GOAL,
            Bench.ratios(whole, WITHOUT_PROFILES, FLINK_SLOW_COMMIT, "rate")));
    return figures;
  }
}
