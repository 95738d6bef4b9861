package dev.lifesign.bench.figure;

import dev.lifesign.bench.entrant.EntrantMain;
import dev.lifesign.bench.entrant.Progress;
import dev.lifesign.bench.harness.Attempt;
import dev.lifesign.bench.harness.EntrantSpec;
import dev.lifesign.bench.job.Job;
import dev.lifesign.bench.job.Ticks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What it costs to score customers by the population. */
public final class ScoredFigures {

  private static final String PLAIN = "lifesign-exactly-once";
  private static final String SCORED = EntrantMain.SCORED;

  private static final String WHOLE = "rate";
  private static final String LAST_FIFTH = Progress.RATE_OF_PART + Progress.PARTS;
  private static final String LATE = "The end of the same runs, where less is left to compile.";

  private ScoredFigures() {}

  /** The figures. */
  public static List<Figure> measure(Bench bench) {
    List<Figure> figures = new ArrayList<>();
    Map<String, List<Attempt>> few = rounds(bench, bench.scale().halfDay());
    figures.add(
        ratio(
            "",
            "By the population's quintiles: counted, taken and told every hour;"
                + " where customers have four events, so that most orders change a segment.",
            few,
            WHOLE));
    figures.add(ratio(", last fifth", LATE, few, LAST_FIFTH));
    figures.add(changes("", few));
    Map<String, List<Attempt>> many = rounds(bench, bench.scale().halfDayOfRegulars());
    figures.add(ratio(", of regulars", "The same where they have forty.", many, WHOLE));
    figures.add(ratio(", of regulars, last fifth", LATE, many, LAST_FIFTH));
    figures.add(changes(", of regulars", many));
    figures.add(
        Figure.told(
            "A customer looked at again daily, deadlines a second",
            "What is due within a day of the last event, when time has come to it.",
            "deadlines/s",
            Bench.samples(few.get(SCORED), "firedAfterRate")));
    return figures;
  }

  private static Map<String, List<Attempt>> rounds(Bench bench, Job job) {
    return bench.rounds(
        job,
        Ticks.HOURLY,
        true,
        bench.scale().rounds(),
        List.of(EntrantSpec.own(PLAIN, true), EntrantSpec.own(SCORED, true)));
  }

  private static Figure ratio(
      String of, String meaning, Map<String, List<Attempt>> both, String rate) {
    return Figure.atMost(
        "Time of an event that is scored : one that is not" + of,
        meaning,
        "ratio",
        1.15,
        Bench.ratios(both, PLAIN, SCORED, rate));
  }

  private static Figure changes(String of, Map<String, List<Attempt>> both) {
    return Figure.told(
        "Segment changes an event" + of,
        "",
        "a event",
        Bench.samples(both.get(SCORED), "segmentChanges"));
  }
}
