package dev.lifesign.bench.figure;

import dev.lifesign.bench.harness.Attempt;
import dev.lifesign.bench.harness.EntrantSpec;
import dev.lifesign.bench.job.Ticks;
import java.util.List;
import java.util.Map;

/** What it costs to score customers by the population. */
public final class ScoredFigures {

  private static final String PLAIN = "lifesign-exactly-once";
  private static final String SCORED = "lifesign-scored";

  private ScoredFigures() {}

  /** The figures. */
  public static List<Figure> measure(Bench bench) {
    Map<String, List<Attempt>> both =
        bench.rounds(
            bench.scale().halfDay(),
            Ticks.HOURLY,
            true,
            bench.scale().rounds(),
            List.of(EntrantSpec.own(PLAIN, true), EntrantSpec.own(SCORED, true)));
    return List.of(
        Figure.atMost(
            "Time of an event that is scored : one that is not",
            "By the population's quintiles: counted, taken every hour, segment changes told.",
            "ratio",
            1.15,
            Bench.ratios(both, PLAIN, SCORED, "rate")),
        Figure.told(
            "A customer looked at again daily, deadlines a second",
            "What is due within a day of the last event, when time has come to it.",
            "deadlines/s",
            Bench.samples(both.get(SCORED), "firedAfterRate")));
  }
}
