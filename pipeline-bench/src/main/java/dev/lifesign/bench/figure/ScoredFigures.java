package dev.lifesign.bench.figure;

import dev.lifesign.bench.entrant.EntrantMain;
import dev.lifesign.bench.harness.Attempt;
import dev.lifesign.bench.harness.Bout;
import dev.lifesign.bench.harness.EntrantSpec;
import dev.lifesign.bench.harness.Turns;
import dev.lifesign.bench.job.Job;
import dev.lifesign.bench.job.Ticks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The cost of scoring customers by the population. */
public final class ScoredFigures {

  private static final EntrantSpec PLAIN = EntrantSpec.own("lifesign-exactly-once", true);
  private static final EntrantSpec SCORED = EntrantSpec.own(EntrantMain.SCORED, true);
  private static final EntrantSpec PLAIN_BY_TURNS =
      EntrantSpec.own("lifesign" + EntrantMain.BY_TURNS, false);
  private static final EntrantSpec SCORED_BY_TURNS =
      EntrantSpec.own(EntrantMain.SCORED + EntrantMain.BY_TURNS, false);

  private static final String TIME = "Time of an event that is scored : one that is not";
  private static final String CHANGES = "Segment changes an event";
  private static final String CHANGES_FIGURE = "segmentChanges";

  private ScoredFigures() {}

  /** Measures the figures. */
  public static List<Figure> measure(Bench bench) {
    List<Figure> figures = new ArrayList<>();
    Job regulars = bench.scale().halfDayOfRegulars();
    Turns after = turns(bench, regulars, PLAIN_BY_TURNS, SCORED_BY_TURNS);
    Turns before = turns(bench, regulars, SCORED_BY_TURNS, PLAIN_BY_TURNS);
    List<Double> ratios = new ArrayList<>(before.ratios());
    after.ratios().forEach(rate -> ratios.add(1 / rate));
    figures.add(
        atMost(
            TIME + ", of regulars",
            "By the population's quintiles: counted, taken and told every hour. Customers have fifty"
                + " events each within half a day; turns of two processes whose code is compiled,"
                + " of which either is the first once.",
            ratios));
    figures.add(
        changes(CHANGES + ", of regulars", List.of(after.rest().figures().get(CHANGES_FIGURE))));
    Map<String, List<Attempt>> few =
        bench.rounds(
            bench.scale().halfDay(),
            Ticks.HOURLY,
            true,
            bench.scale().rounds(),
            List.of(PLAIN, SCORED));
    figures.add(
        atMost(
            TIME + ", of new customers",
            "Four events each, so that most orders change a segment; in processes that are young.",
            Bench.ratios(few, PLAIN.name(), SCORED.name(), "rate")));
    figures.add(
        changes(
            CHANGES + ", of new customers", Bench.samples(few.get(SCORED.name()), CHANGES_FIGURE)));
    figures.add(
        Figure.told(
            "A customer looked at again daily, deadlines a second",
            "What is due within a day of the last event, when time has come to it.",
            "deadlines/s",
            Bench.samples(few.get(SCORED.name()), "firedAfterRate")));
    return figures;
  }

  private static Turns turns(Bench bench, Job job, EntrantSpec one, EntrantSpec other) {
    // Takes most of a minute, after which code that runs a few times per second is compiled too.
    Bout bout = bench.boutAfter(job, job.customers() + job.events() * 11 / 16);
    String ofOne = bout.prepare(one);
    String ofOther = bout.prepare(other);
    try {
      Turns turns =
          Turns.play(
              new Turns.Side(bout, one, ofOne),
              new Turns.Side(bout, other, ofOther),
              bench.scale().budget());
      bench.log(job, one, turns.one());
      bench.log(job, other, turns.other());
      return turns;
    } finally {
      bench.site().delete(ofOne);
      bench.site().delete(ofOther);
    }
  }

  private static Figure atMost(String name, String meaning, List<Double> ratios) {
    return Figure.atMost(name, meaning, "ratio", 1.15, ratios);
  }

  private static Figure changes(String name, List<Double> samples) {
    return Figure.told(name, "", "a event", samples);
  }
}
