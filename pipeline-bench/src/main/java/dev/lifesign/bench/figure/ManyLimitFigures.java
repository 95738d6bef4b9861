package dev.lifesign.bench.figure;

import dev.lifesign.bench.harness.Attempt;
import dev.lifesign.bench.harness.Bout;
import dev.lifesign.bench.harness.EntrantSpec;
import dev.lifesign.bench.job.Job;
import dev.lifesign.bench.job.Ticks;
import java.util.ArrayList;
import java.util.List;

/** What many customers cost whoever keeps them in RocksDB, and does nothing else with them. */
final class ManyLimitFigures {

  private static final EntrantSpec LIFESIGN = EntrantSpec.own("lifesign-exactly-once", false);
  private static final EntrantSpec BARE = EntrantSpec.own("bare-processor", false);
  private static final EntrantSpec RESTORE = EntrantSpec.own("restore", false);
  private static final EntrantSpec STORED = EntrantSpec.own("raw-changelog-stored", false);
  private static final EntrantSpec RAW = EntrantSpec.own("raw-changelog", false);
  private static final String RATE = "recordsRate";

  private ManyLimitFigures() {}

  /** The figures. */
  static List<Figure> measure(Bench bench) {
    List<Figure> figures = new ArrayList<>();
    figures.add(events(bench));
    figures.addAll(restores(bench));
    return figures;
  }

  private static Figure events(Bench bench) {
    int many = bench.scale().many();
    Job job = bench.scale().onExisting(many);
    Job tenth = bench.scale().onExisting(many / 10);
    Attempt before = once(bench, tenth);
    Attempt all = once(bench, job);
    Attempt after = once(bench, tenth);
    return Figure.told(
        "Bare processor: ten times the existing customers : as many",
        "A record of 256 bytes got and put for each event: fifths of one run, beside those of a run before and of one after it.",
        "ratio",
        ManyCustomersFigures.byFifths(all, List.of(before, after)));
  }

  private static Attempt once(Bench bench, Job job) {
    return bench.rounds(job, Ticks.IDLE, false, 1, List.of(BARE)).get(BARE.name()).get(0);
  }

  private static List<Figure> restores(Bench bench) {
    Job job = bench.scale().onExisting(bench.scale().many());
    Bout bout = bench.bout(job, Ticks.IDLE, false);
    String outputs = bout.prepare(LIFESIGN);
    List<Double> restored = new ArrayList<>();
    List<Double> stored = new ArrayList<>();
    try {
      bench.log(job, 1, LIFESIGN, bout.attempt(LIFESIGN, outputs, bench.scale().budget()));
      for (int round = 1; round <= bench.scale().rounds(); round++) {
        double restore = rate(bench, bout, RESTORE, outputs);
        double store = rate(bench, bout, STORED, outputs);
        double raw = rate(bench, bout, RAW, outputs);
        restored.add(restore / store);
        stored.add(store / raw);
      }
    } finally {
      bench.site().delete(outputs);
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
