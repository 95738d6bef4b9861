package dev.lifesign.bench.figure;

import dev.lifesign.bench.harness.Attempt;
import dev.lifesign.bench.harness.Bout;
import dev.lifesign.bench.harness.EntrantSpec;
import dev.lifesign.bench.job.Job;
import dev.lifesign.bench.job.Ticks;
import java.util.ArrayList;
import java.util.List;

/** How fast state comes back from its changelogs. */
public final class RestoreFigures {

  private static final EntrantSpec LIFESIGN = EntrantSpec.own("lifesign-exactly-once", false);
  private static final EntrantSpec RESTORE = EntrantSpec.own("restore", false);
  private static final EntrantSpec RAW = EntrantSpec.own("raw-changelog", false);
  private static final double GIB = 1L << 30;

  private RestoreFigures() {}

  /** The figures. */
  public static List<Figure> measure(Bench bench) {
    Job job = bench.scale().introductions(bench.scale().whole().customers());
    Bout bout = bench.bout(job, Ticks.LAST, false);
    String outputs = bout.prepare(LIFESIGN);
    try {
      double changelog =
          bout.attempt(LIFESIGN, outputs, bench.scale().budget()).figures().get("changelogBytes");
      List<Double> ratios = new ArrayList<>();
      List<Double> seconds = new ArrayList<>();
      for (int round = 1; round <= bench.scale().rounds(); round++) {
        Attempt restore = bout.attempt(RESTORE, outputs, bench.scale().budget());
        Attempt raw = bout.attempt(RAW, outputs, bench.scale().budget());
        ratios.add(restore.figures().get("recordsRate") / raw.figures().get("recordsRate"));
        seconds.add(restore.figures().get("seconds") * GIB / changelog);
      }
      return List.of(
          Figure.atLeast(
              "Restore : raw consumption of the changelogs",
              "The state of %,d customers, records a second.".formatted(job.customers()),
              0.5,
              ratios),
          Figure.told(
              "Restore of a GiB of changelog",
              "On the broker's disk, as compressed by the producer.",
              "s",
              seconds));
    } finally {
      bench.site().delete(outputs);
    }
  }
}
