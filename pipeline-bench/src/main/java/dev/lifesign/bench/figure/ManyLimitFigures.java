package dev.lifesign.bench.figure;

import dev.lifesign.bench.entrant.EntrantMain;
import dev.lifesign.bench.harness.Bout;
import dev.lifesign.bench.harness.EntrantSpec;
import dev.lifesign.bench.harness.Turns;
import dev.lifesign.bench.job.Job;
import dev.lifesign.bench.job.Ticks;
import java.util.ArrayList;
import java.util.List;

/** The cost of many customers for anything that only stores them in RocksDB. */
final class ManyLimitFigures {

  private static final EntrantSpec LIFESIGN =
      EntrantSpec.own("lifesign" + EntrantMain.BY_TURNS, false);
  private static final EntrantSpec BARE =
      EntrantSpec.own("bare-processor" + EntrantMain.BY_TURNS, false);
  private static final EntrantSpec AS_MUCH =
      EntrantSpec.own("bare-as-much" + EntrantMain.BY_TURNS, false);
  private static final EntrantSpec RESTORE = EntrantSpec.own("restore", false);
  private static final EntrantSpec STORED = EntrantSpec.own("raw-changelog-stored", false);
  private static final EntrantSpec RAW = EntrantSpec.own("raw-changelog", false);
  private static final String RATE = "recordsRate";

  private ManyLimitFigures() {}

  /** Measures the figures. */
  static List<Figure> measure(Bench bench) {
    Job job = bench.scale().onExisting(bench.scale().many());
    Job tenth = bench.scale().onExisting(bench.scale().many() / 10);
    Bout bout = bench.bout(job, Ticks.IDLE, false);
    String outputs = bout.prepare(LIFESIGN);
    try {
      Turns lifesign =
          ManyCustomersFigures.turns(bench, tenth, new Turns.Side(bout, LIFESIGN, outputs));
      Turns bare = turns(bench, BARE, tenth, bout);
      Turns asMuch = turns(bench, AS_MUCH, tenth, bout);
      List<Figure> figures = new ArrayList<>();
      figures.add(ratio("Lifesign", "As in the usual run, for those below.", lifesign.ratios()));
      figures.add(
          ratio(
              "Bare processor",
              "A record of 256 bytes got and put for each event.",
              bare.ratios()));
      figures.add(
          ratio(
              "Bare processor that does as much",
              "One that does to stores and topics what Lifesign does an event, and decides nothing.",
              asMuch.ratios()));
      figures.add(
          ratio(
              "Lifesign, if nothing but stores were dearer",
              "Its time of an event with as many, and the time that ten times the customers cost the processor that does as much.",
              left(lifesign, asMuch)));
      figures.addAll(restores(bench, bout, outputs));
      return figures;
    } finally {
      bench.site().delete(outputs);
    }
  }

  private static Turns turns(Bench bench, EntrantSpec entrant, Job few, Bout many) {
    String outputs = many.prepare(entrant);
    try {
      return ManyCustomersFigures.turns(bench, few, new Turns.Side(many, entrant, outputs));
    } finally {
      bench.site().delete(outputs);
    }
  }

  private static Figure ratio(String who, String meaning, List<Double> ratios) {
    return Figure.told(
        who + ": ten times the existing customers : as many", meaning, "ratio", ratios);
  }

  /**
   * The ratio of the rates if the extra time per event on many customers were that of another
   * entrant.
   */
  private static List<Double> left(Turns own, Turns other) {
    List<Double> left = new ArrayList<>();
    for (int i = 0; i < Math.min(own.other().size(), other.other().size()); i++) {
      double more = Math.max(0, 1 / other.other().get(i) - 1 / other.one().get(i));
      left.add(1 / (1 + more * own.one().get(i)));
    }
    return left;
  }

  private static List<Figure> restores(Bench bench, Bout bout, String outputs) {
    List<Double> restored = new ArrayList<>();
    List<Double> stored = new ArrayList<>();
    for (int round = 1; round <= bench.scale().rounds(); round++) {
      double restore = rate(bench, bout, RESTORE, outputs);
      double store = rate(bench, bout, STORED, outputs);
      double raw = rate(bench, bout, RAW, outputs);
      restored.add(restore / store);
      stored.add(store / raw);
    }
    return List.of(
        Figure.told(
            "Changelogs put into RocksDB : raw consumption",
            "The same consumers, stores and settings, without Kafka Streams: a restore cannot be faster.",
            "ratio",
            stored),
        Figure.told(
            "Restore : changelogs put into RocksDB",
            "What Kafka Streams and Lifesign leave of it.",
            "ratio",
            restored));
  }

  private static double rate(Bench bench, Bout bout, EntrantSpec entrant, String outputs) {
    return bout.attempt(entrant, outputs, bench.scale().budget()).figures().get(RATE);
  }
}
