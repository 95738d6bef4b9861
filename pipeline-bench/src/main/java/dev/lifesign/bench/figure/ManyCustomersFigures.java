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

/** The cost of many customers: per event, per idle tick, and for restoring their state. */
public final class ManyCustomersFigures {

  private static final EntrantSpec LIFESIGN =
      EntrantSpec.own("lifesign" + EntrantMain.BY_TURNS, false);
  private static final EntrantSpec RESTORE = EntrantSpec.own("restore", false);
  private static final EntrantSpec RAW = EntrantSpec.own("raw-changelog", false);
  private static final double GIB = 1L << 30;

  private ManyCustomersFigures() {}

  /** Measures the figures. */
  public static List<Figure> measure(Bench bench) {
    int many = bench.scale().many();
    Attempt few = introductions(bench, many / 100);
    Job tenth = bench.scale().onExisting(many / 10);
    Job job = bench.scale().onExisting(many);
    Bout bout = bench.bout(job, Ticks.IDLE, false);
    String outputs = bout.prepare(LIFESIGN);
    try {
      Turns turns = turns(bench, tenth, new Turns.Side(bout, LIFESIGN, outputs));
      bench.log(tenth, LIFESIGN, turns.one());
      bench.log(job, LIFESIGN, turns.other());
      List<Figure> figures = new ArrayList<>();
      figures.addAll(events(job, tenth, turns));
      figures.add(ticks(turns.rest(), few, many));
      figures.addAll(restores(bench, bout, outputs, turns.rest(), job));
      return figures;
    } finally {
      bench.site().delete(outputs);
    }
  }

  private static Attempt introductions(Bench bench, int customers) {
    return bench
        .rounds(bench.scale().introductions(customers), Ticks.IDLE, false, 1, List.of(LIFESIGN))
        .get(LIFESIGN.name())
        .get(0);
  }

  /** Runs the same entrant by turns on few customers and on many. */
  static Turns turns(Bench bench, Job few, Turns.Side many) {
    Bout bout = bench.bout(few, Ticks.IDLE, false);
    String outputs = bout.prepare(many.entrant());
    try {
      return Turns.play(
          new Turns.Side(bout, many.entrant(), outputs), many, bench.scale().budget());
    } finally {
      bench.site().delete(outputs);
    }
  }

  private static List<Figure> events(Job job, Job tenth, Turns turns) {
    return List.of(
        Figure.told(
            "Events a second on %,d existing customers".formatted(tenth.customers()),
            "Turns of one process.",
            "events/s",
            turns.one()),
        Figure.told(
            "Events a second on %,d existing customers".formatted(job.customers()),
            "Turns of another, each between two of the first, which is held meanwhile.",
            "events/s",
            turns.other()),
        Figure.atLeast(
            "Ten times the existing customers : as many",
            "Events a second on %,d customers who are there, and on %,d: each turn beside the one before and the one after it."
                .formatted(job.customers(), tenth.customers()),
            0.7,
            turns.ratios()));
  }

  private static Figure ticks(Attempt large, Attempt small, int many) {
    List<Double> ratios = new ArrayList<>();
    for (int part = 1; large.figures().containsKey("tickNanos" + part); part++) {
      ratios.add(large.figures().get("tickNanos" + part) / small.figures().get("tickNanos" + part));
    }
    return Figure.atMost(
        "A tick with nothing due, at %,d customers : at %,d".formatted(many, many / 100),
        "Processor time of the threads that read them, in the last five sixths of %,d ticks a partition."
            .formatted(Ticks.IDLE_TICKS),
        "ratio",
        1.5,
        ratios);
  }

  private static List<Figure> restores(
      Bench bench, Bout bout, String outputs, Attempt written, Job job) {
    double changelog = written.figures().get("changelogBytes");
    List<Double> ratios = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    List<Double> whole = new ArrayList<>();
    for (int round = 1; round <= bench.scale().rounds(); round++) {
      Attempt restore = bout.attempt(RESTORE, outputs, bench.scale().budget());
      Attempt raw = bout.attempt(RAW, outputs, bench.scale().budget());
      ratios.add(restore.figures().get("recordsRate") / raw.figures().get("recordsRate"));
      seconds.add(restore.figures().get("seconds") * GIB / changelog);
      whole.add(restore.figures().get("seconds"));
    }
    return List.of(
        Figure.atLeast(
            "Restore : raw consumption of the changelogs",
            "The state of %,d customers, records a second.".formatted(job.customers()),
            0.5,
            ratios),
        Figure.told(
            "Restore of %,d customers".formatted(job.customers()),
            "From nothing, until everything is there.",
            "s",
            whole),
        Figure.told(
            "Restore of a GiB of changelog",
            "On the broker's disk, as compressed by the producer.",
            "s",
            seconds));
  }
}
