package dev.lifesign.bench.figure;

import dev.lifesign.bench.entrant.EntrantMain;
import dev.lifesign.bench.harness.Attempt;
import dev.lifesign.bench.harness.Bout;
import dev.lifesign.bench.harness.EntrantSpec;
import dev.lifesign.bench.job.Job;
import dev.lifesign.bench.job.Ticks;
import java.util.ArrayList;
import java.util.List;

/** What many customers cost whoever keeps them in RocksDB, and does nothing else with them. */
final class ManyLimitFigures {

  private static final EntrantSpec LIFESIGN = EntrantSpec.own(EntrantMain.UNCOMPACTED, false);
  private static final EntrantSpec BARE = EntrantSpec.own("bare-processor", false);
  private static final EntrantSpec RESTORE = EntrantSpec.own("restore", false);
  private static final EntrantSpec STORED = EntrantSpec.own("raw-changelog-stored", false);
  private static final EntrantSpec RAW = EntrantSpec.own("raw-changelog", false);
  private static final String RATE = "recordsRate";

  private ManyLimitFigures() {}

  /** The figures. */
  static List<Figure> measure(Bench bench) {
    Job job = bench.scale().onExisting(bench.scale().many());
    Job tenth = bench.scale().onExisting(bench.scale().many() / 10);
    Bout bout = bench.bout(job, Ticks.IDLE, false);
    String outputs = bout.prepare(LIFESIGN);
    try {
      Attempt before = once(bench, tenth, LIFESIGN);
      Attempt bareBefore = once(bench, tenth, BARE);
      Attempt all = bout.attempt(LIFESIGN, outputs, bench.scale().budget());
      bench.log(job, 1, LIFESIGN, all);
      Attempt bare = once(bench, job, BARE);
      Attempt after = once(bench, tenth, LIFESIGN);
      Attempt bareAfter = once(bench, tenth, BARE);
      List<Figure> figures = new ArrayList<>();
      figures.add(
          Figure.told(
              "Bare processor: ten times the existing customers : as many",
              "A record of 256 bytes got and put for each event: fifths of one run, beside those of a run before and of one after it.",
              "ratio",
              ManyCustomersFigures.byFifths(bare, List.of(bareBefore, bareAfter))));
      figures.add(
          Figure.told(
              "Lifesign: ten times the existing customers : as many",
              "The same of Lifesign, by turns with it.",
              "ratio",
              ManyCustomersFigures.byFifths(all, List.of(before, after))));
      figures.addAll(restores(bench, bout, outputs));
      return figures;
    } finally {
      bench.site().delete(outputs);
    }
  }

  private static Attempt once(Bench bench, Job job, EntrantSpec entrant) {
    return bench.rounds(job, Ticks.IDLE, false, 1, List.of(entrant)).get(entrant.name()).get(0);
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
